import { newestVersion } from '@dtvem/catalog';
import { describe, expect, it } from 'vitest';
import { parseRequest } from './parse-request.ts';

const PLACEHOLDERS = 'build({runtime}): {version} {platform}';
const request = { schemaVersion: 1, runtime: 'python', version: '3.6.15', platform: 'darwin-amd64' };

function form(runtime: string, version: string, platform: string, rest = ''): string {
  return `### Runtime\n\n${runtime}\n\n### Version\n\n${version}\n\n### Platform\n\n${platform}\n${rest}`;
}

function requestOf(title: string, body = '') {
  const parsed = parseRequest({ title, body });
  return parsed.ok ? parsed.value : parsed.problem;
}

describe('a title', () => {
  it.each([
    'build(python): 3.6.15 darwin-amd64',
    '  Build( Python ):3.6.15   DARWIN-AMD64  ',
    'build (python) : v3.6.15\tdarwin-amd64',
    'BUILD(PYTHON): V3.6.15 Darwin-amd64',
  ])('%j is a request', (title) => {
    expect(requestOf(title)).toEqual(request);
  });

  it('names a patch level or a pre-release as upstream spells it', () => {
    expect(requestOf('build(ruby): 3.4.0-Preview1 linux-arm64')).toMatchObject({ version: '3.4.0-preview1' });
    expect(requestOf('build(python): 3.15.0B4 linux-amd64')).toMatchObject({ version: '3.15.0b4' });
  });

  it('is enough: a body without the form says nothing', () => {
    const body =
      'Runtime: ruby, please!\n\n### Version\n\n2.7.4\n\nor build(node): 18.20.4 linux-amd64 – thanks 🎉';
    expect(requestOf('build(python): 3.6.15 darwin-amd64', body)).toEqual(request);
  });
});

describe('the issue form', () => {
  it.each([
    ['as GitHub renders it', form('python', '3.6.15', 'darwin-amd64')],
    ['with CRLF', form('python', '3.6.15', 'darwin-amd64').replaceAll('\n', '\r\n')],
    ['in capitals, with spaces and a v', form(' Python ', 'V3.6.15 ', ' Darwin-AMD64')],
    [
      'with free text in its other fields',
      form(
        'python',
        '3.6.15',
        'darwin-amd64',
        '\n### Use Case\n\nLegacy – ünïcode\n\n### Version\n\n9.9.9\n',
      ),
    ],
    ['with free text around it', `Hello!\n\n${form('python', '3.6.15', 'darwin-amd64', '\nThanks a lot\n')}`],
  ])('counts %s', (_, body) => {
    expect(requestOf(PLACEHOLDERS, body)).toEqual(request);
    expect(requestOf(`  ${PLACEHOLDERS.toUpperCase()} `, body)).toEqual(request);
  });

  it('may say the same as the title, or nothing', () => {
    const title = 'build(python): 3.6.15 darwin-amd64';
    expect(requestOf(title, form('Python', 'v3.6.15', 'darwin-amd64'))).toEqual(request);
    expect(requestOf(title, form('python', '_No response_', ''))).toEqual(request);
  });

  it.each([
    ['ruby', '3.6.15', 'darwin-amd64', 'runtime "python" and the form for "ruby"'],
    ['python', '3.6.14', 'darwin-amd64', 'version "3.6.15" and the form for "3.6.14"'],
    ['python', '3.6.15', 'darwin-arm64', 'platform "darwin-amd64" and the form for "darwin-arm64"'],
    ['python', '3.6.15 or so', 'darwin-amd64', 'version "3.6.15" and the form for "3.6.15 or so"'],
  ])('must not differ from the title: %s %s %s', (runtime, version, platform, difference) => {
    expect(requestOf('build(python): 3.6.15 darwin-amd64', form(runtime, version, platform))).toMatchObject({
      code: 'title-and-form-differ',
      message: expect.stringContaining(difference),
    });
  });

  it('answers nothing under a title that is no request', () => {
    expect(requestOf('Please build Python', form('python', '3.6.15', 'darwin-amd64'))).toMatchObject({
      code: 'not-a-build-request',
    });
  });

  it('is not there when one of its headings is missing', () => {
    const body = '### Runtime\n\npython\n\n### Version\n\n3.6.15\n';
    expect(requestOf(PLACEHOLDERS, body)).toMatchObject({ code: 'not-a-build-request' });
  });
});

describe('a refusal', () => {
  it.each([
    ['not-a-build-request', 'dtvem crashes on Windows', ''],
    ['not-a-build-request', '', ''],
    ['not-a-build-request', 'build(python) 3.13.5 linux-amd64', ''],
    ['not-a-build-request', PLACEHOLDERS, ''],
    ['not-a-build-request', PLACEHOLDERS, 'python 3.13.5 linux-amd64'],
    ['request-too-long', `build(python): 3.13.5 linux-amd64${' '.repeat(300)}`, ''],
    ['request-too-long', 'build(python): 3.13.5 linux-amd64', 'x'.repeat(200_000)],
    ['unknown-runtime', 'build(perl): 5.40.0 linux-amd64', ''],
    ['unknown-runtime', 'build(): 3.13.5 linux-amd64', ''],
    ['unknown-runtime', PLACEHOLDERS, form('_No response_', '3.13.5', 'linux-amd64')],
    ['version-missing', 'build(python):', ''],
    ['version-missing', 'build(python): linux-amd64', ''],
    ['version-missing', 'build(python): {version} linux-amd64', ''],
    ['version-missing', PLACEHOLDERS, form('python', '_No response_', 'linux-amd64')],
    ['version-not-exact', 'build(python): latest linux-amd64', ''],
    ['version-not-exact', 'build(node): lts/iron linux-amd64', ''],
    ['version-not-exact', 'build(python): 3 linux-amd64', ''],
    ['version-not-exact', 'build(python): 3.13 linux-amd64', ''],
    ['version-not-exact', 'build(python): 3.x linux-amd64', ''],
    ['version-not-exact', 'build(python): 3.13.* linux-amd64', ''],
    ['version-not-exact', 'build(python): * linux-amd64', ''],
    ['version-not-exact', 'build(python): ^3.13.5 linux-amd64', ''],
    ['version-not-exact', 'build(python): ~3.13.5 linux-amd64', ''],
    ['version-not-exact', 'build(python): >= 3.13 linux-amd64', ''],
    ['version-not-exact', 'build(python): <3.13.5 linux-amd64', ''],
    ['version-not-exact', 'build(python): 3.12+ linux-amd64', ''],
    ['version-not-exact', 'build(python): 3.12.1 - 3.13.5 linux-amd64', ''],
    ['version-not-exact', 'build(python): 3.12.1, 3.13.5 linux-amd64', ''],
    ['version-not-exact', 'build(python): 3.12.1 || 3.13.5 linux-amd64', ''],
    ['version-malformed', 'build(python): three linux-amd64', ''],
    ['version-malformed', 'build(python): 3.13.5.1 linux-amd64', ''],
    ['version-malformed', 'build(python): ../../3.13.5 linux-amd64', ''],
    ['version-malformed', 'build(python): 3.13.5 on linux-amd64', ''],
    ['version-malformed', `build(python): 3.13.${'5'.repeat(200)} linux-amd64`, ''],
    ['version-malformed', 'build(python): $(id) linux-amd64', ''],
    ['version-unknown', 'build(python): 3.13.55 linux-amd64', ''],
    ['version-unknown', 'build(python): 03.13.5 linux-amd64', ''],
    ['version-unknown', 'build(node): 3.13.5 linux-amd64', ''],
    ['prerelease-unknown', 'build(python): 3.13.0rc1 linux-amd64', ''],
    ['prerelease-unknown', 'build(ruby): 3.4.0-preview9 linux-amd64', ''],
    ['version-not-buildable', 'build(python): 3.3.7 linux-amd64', ''],
    ['version-not-buildable', 'build(ruby): 2.0.0-p648 linux-amd64', ''],
    ['unknown-platform', 'build(python): 3.13.5', ''],
    ['unknown-platform', 'build(python): 3.13.5 amiga', ''],
    ['unknown-platform', 'build(python): 3.13.5 linux-x64', ''],
    ['unknown-platform', PLACEHOLDERS, form('python', '3.13.5', 'linux-amd64 or linux-arm64')],
    ['platform-not-built', 'build(python): 3.13.5 windows-arm64', ''],
    ['platform-not-built', PLACEHOLDERS, form('node', '18.20.4', 'linux-armv7')],
    ['platform-not-supported', 'build(python): 3.8.9 darwin-arm64', ''],
    ['platform-not-supported', 'build(node): 12.22.12 darwin-arm64', ''],
  ])('%s: %s', (code, title, body) => {
    expect(requestOf(title, body)).toMatchObject({
      code,
      message: expect.stringMatching(/^\S.*[.?]$/),
      next: expect.stringMatching(/^\S.*[.]$/),
    });
  });

  it.each([
    ['build(pyhton): 3.13.5 linux-amd64', 'There is no runtime "pyhton"; did you mean python?'],
    ['build(Node.js): 18.20.4 linux-amd64', 'There is no runtime "node.js"; did you mean node?'],
    ['build(perl): 5.40.0 linux-amd64', 'There is no runtime "perl".'],
    ['build(python): 3.13.5 linux', 'There is no platform "linux".'],
  ])('of %j says: %s', (title, message) => {
    expect(requestOf(title)).toMatchObject({ message });
  });

  it('names the newest version of the series that was meant', () => {
    const newest = newestVersion('python', '3.13');
    expect(requestOf('build(python): 3.13.55 linux-amd64')).toMatchObject({
      message: `3.13.55 does not exist; the newest 3.13 is ${newest}.`,
      next: expect.stringContaining(`Ask for ${newest}`),
    });
    for (const version of ['3.13', '3.13.x', '~3.13', '=3.13']) {
      expect(requestOf(`build(python): ${version} linux-amd64`)).toMatchObject({
        next: `Ask for one exact version, such as ${newest}.`,
      });
    }
    expect(requestOf('build(python): 3.99.1 linux-amd64')).toMatchObject({
      message: `3.99.1 does not exist; the newest Python is ${newestVersion('python')}.`,
    });
  });

  it.each([
    ['build(python):\u00A03.13.5 linux-amd64', 'Character 15 in the title is U+00A0,'],
    ['build(python): 3.13.5 linux–amd64', 'Character 28 in the title is U+2013 (–),'],
    ['🎉 build(python): 3.13.5 linux-amd64', 'Character 1 in the title is U+1F389 (🎉),'],
    ['🎉'.slice(0, 1), 'Character 1 in the title is U+D83C,'],
    ['build(python): 3.13.5\u202E linux-amd64', 'Character 22 in the title is U+202E,'],
    ['build(pуthon): 3.13.5 linux-amd64', 'Character 8 in the title is U+0443 (у),'],
    ['build(python): 3.13.5\u0000 linux-amd64', 'Character 22 in the title is U+0000,'],
  ])('names what is not plain ASCII, and where: %j', (title, start) => {
    expect(requestOf(title)).toMatchObject({
      code: 'not-plain-ascii',
      message: expect.stringContaining(start),
    });
  });

  it('counts code points, and looks at the answers of the form as well', () => {
    const body = form('python', '3.13.5…', 'linux-amd64');
    expect(requestOf(PLACEHOLDERS, body)).toMatchObject({
      code: 'not-plain-ascii',
      message: expect.stringContaining("Character 7 in the form's answer about the version is U+2026 (…)"),
    });
  });

  it('never repeats what could mean something to Markdown, HTML or a log', () => {
    for (const nasty of ['<img/src=x>', '@everyone', '::error::x', '[a](http://b)', '`id`', '#1', '|x|']) {
      for (const title of [
        `build(${nasty}): 1 x`,
        `build(python): ${nasty} x`,
        `build(python): 3.13.5 ${nasty}`,
      ]) {
        expect(JSON.stringify(requestOf(title))).not.toMatch(/<|@|::|\[|`|#|\|/);
      }
    }
  });
});
