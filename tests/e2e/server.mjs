// The real server, started on a database of its own, and stopped at the end.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const binary = required('RAPPORT_BINARY');
/** What every demo user signs in with. */
export const PASSWORD = 'demo-password';

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser's tests with cargo xtask test`);
  return value;
}

async function freePort() {
  for (let port = 19000; port < 32000; port += 1) {
    const free = await new Promise((resolve) => {
      const probe = net.createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new Error('no port is free');
}

/** Makes a database with the demo's data once for all tests of a run, and answers where its files are. */
function demoFiles() {
  const made = join(dirname(binary), `demo-for-tests-${process.ppid}`);
  if (!existsSync(join(made, 'made'))) {
    rmSync(made, { recursive: true, force: true });
    const outcome = spawnSync(binary, ['demo'], { env: settings(made), encoding: 'utf8' });
    if (outcome.status !== 0) throw new Error(`rapport demo failed: ${outcome.stderr}${outcome.stdout}`);
    cpSync(join(made, 'key'), join(made, 'made'));
  }
  return made;
}

function settings(folder, more = {}) {
  return {
    PATH: process.env.PATH,
    RAPPORT_DATABASE__URL: `sqlite://${folder}/rapport.db`,
    RAPPORT_STORAGE__PATH: `${folder}/files`,
    RAPPORT_SECRETS__KEY_FILE: `${folder}/key`,
    RAPPORT_DIST: required('RAPPORT_DIST'),
    RAPPORT_LOG__LEVEL: 'warn',
    ...more,
  };
}

/** A fresh PostgreSQL database on the tests' cluster. */
function postgresDatabase() {
  const name = `e2e_${process.pid}_${Date.now()}`;
  const maintenance = required('RAPPORT_TEST_POSTGRES');
  const made = spawnSync('psql', [maintenance, '-qc', `CREATE DATABASE ${name}`], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`cannot make a database: ${made.stderr}`);
  return maintenance.replace(/\/postgres$/, `/${name}`);
}

/** Starts a server with the demo's data on `engine` (`sqlite` or `postgres`). */
export async function startServer(engine = 'sqlite') {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-e2e-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const environment = settings(folder, {
    RAPPORT_SERVER__BIND: `127.0.0.1:${port}`,
    RAPPORT_SERVER__PUBLIC_URL: base,
  });
  if (engine === 'postgres') {
    environment.RAPPORT_DATABASE__URL = postgresDatabase();
    const demo = spawnSync(binary, ['demo'], { env: environment, encoding: 'utf8' });
    if (demo.status !== 0) throw new Error(`rapport demo failed: ${demo.stderr}${demo.stdout}`);
  } else {
    cpSync(demoFiles(), folder, { recursive: true });
  }
  const log = [];
  const child = spawn(binary, ['serve'], { env: environment });
  child.stdout.on('data', (text) => log.push(String(text)));
  child.stderr.on('data', (text) => log.push(String(text)));
  await answers(base, log);
  const stop = async () => {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
    const errors = log.join('').split('\n').filter((line) => line.includes('ERROR'));
    if (errors.length > 0) throw new Error(`the server logged errors:\n${errors.join('\n')}`);
  };
  return { base, engine, stop, api: (email) => signIn(base, email) };
}

async function answers(base, log) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const reply = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server does not answer:\n${log.join('')}`);
}

/** Calls the API as a demo user. */
async function signIn(base, email) {
  const call = async (method, path, body, token) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const reply = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  const session = await call('POST', '/v1/sessions', { email, password: PASSWORD });
  return {
    me: session.me,
    get: (path) => call('GET', path, undefined, session.access_token),
    post: (path, body = {}) => call('POST', path, body, session.access_token),
    put: (path, body) => call('PUT', path, body, session.access_token),
    patch: (path, body) => call('PATCH', path, body, session.access_token),
  };
}
