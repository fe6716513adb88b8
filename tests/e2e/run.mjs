// Runs the browser's tests one file after the other and reports in the Test Anything Protocol.
import { readdirSync } from 'node:fs';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const only = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs') && (only.length === 0 || only.some((part) => name.includes(part))))
  .sort()
  .map((name) => here + name);

let number = 0;
run({ files, concurrency: 1, timeout: 300_000 })
  .on('test:pass', (event) => {
    if (event.skip !== undefined) console.log(`# skipped ${event.name}: ${event.skip}`);
    else console.log(`ok ${++number} - ${event.name}`);
  })
  .on('test:fail', (event) => {
    console.log(`not ok ${++number} - ${event.name}`);
    console.log(String(event.details.error.cause?.stack ?? event.details.error).replace(/^/gm, '  '));
    process.exitCode = 1;
  })
  .on('test:stderr', (event) => process.stderr.write(event.message))
  .resume();
