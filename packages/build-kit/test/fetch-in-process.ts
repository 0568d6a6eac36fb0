import { fetchSource } from '../src/fetch/fetch-source.ts';
import { PIN } from './source-server.ts';

// A process of its own that fetches, so that a test can run two at once, or kill one, or give it a CA of its own.
const [cacheFolder = '', mirror = '', url] = process.argv.slice(2);
const pin = url === undefined ? PIN : { ...PIN, url };
const fetched = await fetchSource([pin], {
  mirrors: mirror === '' ? [] : [mirror],
  cacheFolder,
  report: () => {},
  signal: new AbortController().signal,
});
process.stdout.write(JSON.stringify(fetched));
