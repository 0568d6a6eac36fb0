import { describe, expect, it } from 'vitest';
import { platformsWithoutRunner, runnerFor } from './runners.ts';

describe('runnerFor', () => {
  it('names pinned labels', () => {
    expect(runnerFor('linux-amd64').label).toBe('ubuntu-24.04');
    expect(runnerFor('darwin-amd64')).toEqual({ label: 'macos-15-intel', ends: '2027-08-01' });
  });
});

describe('platformsWithoutRunner', () => {
  it('names a platform from the day on which its label ends', () => {
    expect(platformsWithoutRunner(new Date('2027-07-31T23:59:59Z'))).toEqual([]);
    expect(platformsWithoutRunner(new Date('2027-08-01T00:00:00Z'))).toEqual(['darwin-amd64']);
  });
});
