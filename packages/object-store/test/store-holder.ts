/** A process that holds an embedded store until it is killed: `node store-holder.ts FOLDER`. */
import { startEmbeddedStore } from '../src/embedded.ts';

const started = await startEmbeddedStore({ folder: process.argv[2] ?? '', buckets: ['builds'], port: 0 });
process.stdout.write(`${JSON.stringify(started.ok ? started.value : started)}\n`);
setInterval(() => {}, 1000);
