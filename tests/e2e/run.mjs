// Runs the browser's tests one file after the other and reports in the Test Anything Protocol. Words after the command
// choose files by their names.
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const only = process.argv.slice(2);
// The other browsers are installed for a long run alone.
const others = process.env.RAPPORT_TEST_GECKODRIVER ? [at('../browsers')] : [];
const files = [at('.'), at('../../frontend/embed/test'), ...others]
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((file) => file.endsWith('.test.mjs') && (only.length === 0 || only.some((part) => file.includes(part))))
  .sort();
// The loader's tests find playwright there.
process.env.NODE_PATH ??= at('../../frontend/js/node_modules');

let number = 0;
// A long run looks at every screen eight times.
const timeout = process.env.RAPPORT_TEST_FULL ? 1_800_000 : 300_000;
run({ files, concurrency: 1, timeout })
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
  .on('end', () => {
    // What the tests' servers started from.
    const made = join(dirname(process.env.RAPPORT_BINARY ?? '.'), `demo-for-tests-${process.pid}`);
    rmSync(made, { recursive: true, force: true });
  })
  .resume();
