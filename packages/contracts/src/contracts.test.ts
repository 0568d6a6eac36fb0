import { describe, expect, it } from 'vitest';
import { buildRequestSchema } from './build-request.ts';
import {
  archiveFileName,
  archiveKey,
  failureKind,
  isReasonCode,
  metaKey,
  metaObjectOf,
  parseJson,
  printTitle,
} from './index.ts';

const request = { schemaVersion: 1, runtime: 'python', version: '3.13.5', platform: 'linux-amd64' } as const;

describe('object keys', () => {
  it('are those that a client in the field reads', () => {
    expect(archiveKey(request)).toBe('python/3.13.5/linux-amd64.tar.gz');
    expect(metaKey(request)).toBe('python/3.13.5/linux-amd64.meta.json');
    expect(archiveKey({ ...request, platform: 'windows-amd64' })).toBe('python/3.13.5/windows-amd64.zip');
    expect(archiveFileName(request)).toBe('python-3.13.5-linux-amd64.tar.gz');
  });
});

describe('build request', () => {
  it('prints the title that dtvem request writes', () => {
    expect(printTitle(request)).toBe('build(python): 3.13.5 linux-amd64');
  });

  it('survives JSON and refuses what is not one', () => {
    expect(parseJson(buildRequestSchema, JSON.stringify(request))).toEqual({ ok: true, value: request });
    expect(parseJson(buildRequestSchema, JSON.stringify({ ...request, version: '../../etc' })).ok).toBe(
      false,
    );
    expect(parseJson(buildRequestSchema, JSON.stringify({ ...request, extra: 1 })).ok).toBe(false);
    expect(parseJson(buildRequestSchema, '{')).toEqual({ ok: false, message: 'it is not JSON' });
  });
});

describe('meta object', () => {
  it('holds whole seconds in UTC', () => {
    const meta = metaObjectOf({ sha256: 'a'.repeat(64), size: 7 }, new Date('2026-11-22T18:00:00.987Z'));
    expect(meta.mirrored_at).toBe('2026-11-22T18:00:00Z');
    expect(meta.source_url).toBe('built-from-source');
  });
});

describe('reason codes', () => {
  it('say whose turn it is', () => {
    expect(failureKind('version-unknown')).toBe('request');
    expect(failureKind('gate-failed')).toBe('gate');
    expect(isReasonCode('toString')).toBe(false);
  });
});
