// A real mail server (aiosmtpd), as the API tests have it, that keeps what a server under test sends.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './browser.mjs';
import { freePort } from './server.mjs';

/** Whether somebody listens on a port of this machine. */
const answers = (port) =>
  new Promise((resolve) => {
    const probe = net.connect(port, '127.0.0.1', () => resolve(probe.destroy() && true));
    probe.once('error', () => resolve(false));
  });

/** Starts a mail server. `settings` hands it to a server under test; `received` are the mails to an address. */
export async function startMailbox() {
  const programs = process.env.RAPPORT_TEST_PYTHON;
  assert.ok(programs, 'RAPPORT_TEST_PYTHON is not set: run the browser’s tests with cargo xtask test');
  const folder = mkdtempSync(join(tmpdir(), 'rapport-mails-'));
  const port = await freePort();
  const listen = ['-m', 'aiosmtpd', '--nosetuid', '--listen', `127.0.0.1:${port}`, '--class', 'mail_server.Handler', folder];
  const env = {
    PATH: process.env.PATH,
    PYTHONPATH: fileURLToPath(new URL('../programs', import.meta.url)),
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const child = spawn(join(programs, 'python'), listen, { env, stdio: 'ignore' });
  await eventually(() => answers(port), 'the mail server answers');
  const received = (address) => {
    const mails = [];
    for (let number = 1; existsSync(join(folder, `${number}.json`)); number += 1) {
      mails.push(JSON.parse(readFileSync(join(folder, `${number}.json`), 'utf8')));
    }
    return mails.filter((mail) => mail.to === address);
  };
  return {
    settings: {
      RAPPORT_SMTP__HOST: '127.0.0.1',
      RAPPORT_SMTP__PORT: String(port),
      RAPPORT_SMTP__SECURITY: 'none',
      RAPPORT_SMTP__FROM_ADDRESS: 'rapport@example.org',
    },
    received,
    /** The newest mail to an address, once there is one. */
    newest: (address) => eventually(() => received(address).at(-1), `a mail to ${address}`),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
