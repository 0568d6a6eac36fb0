import { setTimeout } from 'node:timers/promises';
import { choice, defineAction, integer, optional, runAction, secret, text } from '@dtvem/action-kit';
import { fail, ok } from '@dtvem/contracts';
import * as v from 'valibot';

const spec = defineAction({
  name: 'probe',
  inputs: {
    act: choice([
      'succeed',
      'refuse',
      'throw',
      'throw-later',
      'wrong-result',
      'stop',
      'wait',
      'ignore-signal',
      'print',
    ]),
    text: optional(text()),
    password: secret(),
    number: integer({ min: 1, max: 9 }),
  },
  outputs: ['echo'],
  result: v.strictObject({ schemaVersion: v.literal(1), text: v.pipe(v.string(), v.maxLength(100)) }),
});

runAction(spec, async ({ inputs, report, showUntrusted, summary, output, signal }) => {
  const given = inputs.text ?? '';
  report({ kind: 'stage', stage: 'build' });
  report({ kind: 'doing', text: given });
  output('echo', given);
  summary('## Seen');
  const done = ok({ schemaVersion: 1 as const, text: 'done' });
  switch (inputs.act) {
    case 'refuse':
      return fail('version-unknown', `There is no ${given}.`, 'Ask for another one.', given);
    case 'throw':
      throw new TypeError(`thrown: ${given}`);
    case 'throw-later':
      process.nextTick(() => {
        throw new Error('thrown outside of the step');
      });
      await setTimeout(60_000);
      return done;
    case 'wrong-result':
      return ok({ schemaVersion: 1, text: 'x'.repeat(101) });
    case 'stop':
      return new Promise(() => undefined);
    case 'wait':
      await setTimeout(60_000, undefined, { signal });
      return done;
    case 'ignore-signal':
      await setTimeout(60_000);
      return done;
    case 'print':
      showUntrusted('What it printed', given);
      return done;
    default:
      return done;
  }
});
