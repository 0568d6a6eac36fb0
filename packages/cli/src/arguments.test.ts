import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { EXIT_CODES } from './exit-code.ts';
import { helpText } from './help.ts';

const read = (...words: string[]) => readArguments(words, '/default');

describe('readArguments', () => {
  it('has a default for everything', () => {
    expect(read()).toMatchObject({
      ok: true,
      value: {
        title: undefined,
        profile: 'quick',
        store: 'embedded',
        workDir: '/default',
        mirrors: [],
        json: false,
      },
    });
  });

  it('takes a title and every option', () => {
    const words = [
      'build(python): 3.13.5 linux-amd64',
      '--profile',
      'optimized',
      '--jobs',
      '3',
      '--keep-work',
      '--json',
    ];
    expect(
      read(...words, '--source-mirror', '/a', '--source-mirror', 'https://b', '--work-dir', '/w'),
    ).toMatchObject({
      ok: true,
      value: {
        title: words[0],
        profile: 'optimized',
        jobs: 3,
        keepWork: true,
        json: true,
        mirrors: ['/a', 'https://b'],
        workDir: '/w',
      },
    });
  });

  it.each([
    [['--jobs', '0'], /--jobs must be a whole number/],
    [['--jobs', '2x'], /--jobs must be a whole number/],
    [['--profile', 'fast'], /--profile must be quick or optimized/],
    [['--store', 'ftp'], /--store must be embedded or s3/],
    [['--work-dir', ''], /--work-dir must not be empty/],
    [['--colour'], /--colour/],
    [['build(python):', '3.13.5'], /More than one title/],
    [['a title', '--event', 'e.json'], /Both a title and --event/],
  ])('refuses %j and says why', (words, message) => {
    const result = read(...words);
    expect(result).toMatchObject({ ok: false, problem: { code: 'input-invalid' } });
    expect(result.ok ? '' : result.problem.message).toMatch(message);
  });
});

describe('helpText', () => {
  it('names every option and every exit code', () => {
    const help = helpText();
    const options = [
      'event',
      'profile',
      'jobs',
      'source-mirror',
      'store',
      'work-dir',
      'keep-work',
      'plan',
      'json',
      'help',
    ];
    for (const option of options) expect(help).toContain(`--${option} `);
    for (const { code, meaning } of EXIT_CODES) expect(help).toContain(`${code}  ${meaning}`);
  });
});
