import type { BuildRequest } from '@dtvem/contracts';

export const request: BuildRequest = {
  schemaVersion: 1,
  runtime: 'python',
  version: '3.13.5',
  platform: 'linux-amd64',
};

export const neverAborted = new AbortController().signal;
