import type { ProgressEvent, Stage } from '@dtvem/contracts';
import { createLogUpdate } from 'log-update';
import { printAmount } from './amount.ts';
import type { Display } from './display.ts';
import { printElapsed } from './elapsed.ts';

const REDRAW_EVERY_MS = 200;

/** One line that keeps changing, under the lines that stay: a line for each finished stage and each note. */
export function liveDisplay(stream: NodeJS.WriteStream, now: () => number): Display {
  const start = now();
  const update = createLogUpdate(stream);
  let stage: { readonly name: Stage; readonly since: number } | undefined;
  let doing = '';

  const keep = (text: string) => {
    update.clear();
    stream.write(`${text}\n`);
  };
  const finishStage = () => {
    if (stage !== undefined) keep(`  • ${stage.name.padEnd(9)} ${printElapsed(now() - stage.since)}`);
  };
  const draw = () => {
    if (stage === undefined) return;
    const room = (stream.columns ?? 80) - 26;
    update(
      `  ▸ ${stage.name.padEnd(9)} ${printElapsed(now() - start).padStart(6)}  ${doing.slice(0, Math.max(room, 20))}`,
    );
  };
  const report = (event: ProgressEvent) => {
    switch (event.kind) {
      case 'stage':
        finishStage();
        stage = { name: event.stage, since: now() };
        doing = '';
        return draw();
      case 'note':
        keep(`    ${event.text}`);
        return draw();
      case 'doing':
        doing = event.text;
        return;
      case 'count':
        doing = `${event.text}: ${printAmount(event)}`;
        return;
    }
  };
  const timer = setInterval(draw, REDRAW_EVERY_MS);
  const stop = () => {
    clearInterval(timer);
    update.clear();
    finishStage();
    stage = undefined;
  };
  return { report, stop };
}
