import { type Platform, type Problem, RUNTIME_NAMES } from '@dtvem/contracts';
import { runnerFor } from '../runners.ts';
import type { RuntimeUpdate } from './update-catalog.ts';

/** What the command did, in lines for people. */
export function describeUpdates(updates: readonly RuntimeUpdate[]): string {
  return updates.map(describeUpdate).join('');
}

function describeUpdate({ runtime, added, leftOut }: RuntimeUpdate): string {
  const name = RUNTIME_NAMES[runtime];
  const lines = [
    added.length === 0 ? `${name}: nothing new.` : `${name}: added ${added.join(', ')}.`,
    ...leftOut.map(({ version, reason }) => `${name}: ${version} was not added: ${reason}.`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** A reminder for each platform that is about to lose its runner. */
export function describeEndingRunners(platforms: readonly Platform[]): string {
  return platforms
    .map((platform) => runnerFor(platform))
    .map(({ label, ends }) => `The runner ${label} ends on ${ends}: choose another in data/platforms.json.\n`)
    .join('');
}

/** Why nothing was written. */
export function describeRefusal({ code, message, next, detail }: Problem): string {
  return `Refused (${code}): ${message}\n${next}\n${detail === undefined ? '' : `${detail}\n`}`;
}
