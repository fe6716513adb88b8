// The real server, started on a database of its own, and stopped at the end.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const binary = required('RAPPORT_BINARY');
/** What every demo user signs in with. */
export const PASSWORD = 'demo-password';
/** A super administrator, and an agent. */
export const ANA = 'ana@atelier-sud.example';
export const PRIYA = 'priya@atelier-sud.example';

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser's tests with cargo xtask test`);
  return value;
}

export async function freePort() {
  // Runs that go on at the same time begin at different places.
  for (let port = 19000 + (process.pid % 120) * 100; port < 32000; port += 1) {
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

/** Starts a server on `engine` (`sqlite` or `postgres`), with the demo's data unless it is to be `empty`, and with `more` settings, at this
 * `port` if somebody else has to know it before. */
export async function startServer(engine = 'sqlite', { empty = false, more = {}, port } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-e2e-'));
  port ??= await freePort();
  const base = `http://127.0.0.1:${port}`;
  const environment = settings(folder, {
    RAPPORT_SERVER__BIND: `127.0.0.1:${port}`,
    RAPPORT_SERVER__PUBLIC_URL: base,
    ...more,
  });
  if (engine === 'postgres') {
    environment.RAPPORT_DATABASE__URL = postgresDatabase();
    const demo = spawnSync(binary, ['demo'], { env: environment, encoding: 'utf8' });
    if (demo.status !== 0) throw new Error(`rapport demo failed: ${demo.stderr}${demo.stdout}`);
  } else if (!empty) {
    cpSync(demoFiles(), folder, { recursive: true });
  }
  const log = [];
  const child = spawn(binary, ['serve'], { env: environment });
  child.stdout.on('data', (text) => log.push(String(text)));
  child.stderr.on('data', (text) => log.push(String(text)));
  await answers(`${base}/health/ready`, child).catch((cause) => {
    throw new Error(`${cause.message}:\n${log.join('')}`);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
    const errors = log.join('').split('\n').filter((line) => line.includes('ERROR'));
    if (errors.length > 0) throw new Error(`the server logged errors:\n${errors.join('\n')}`);
  };
  return { base, engine, stop, api: (email) => signIn(base, email), visitor: () => visitor(base) };
}

/** Waits until a program that was started answers at a URL. */
export async function answers(url, child) {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    const reply = await fetch(url).catch(() => undefined);
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${child.spawnfile} does not answer`);
}

/** Sends one request, a form and bytes as they are and anything else as JSON, and answers what came back. */
async function call(base, method, path, body, token, more = {}) {
  const isRaw = body instanceof FormData || body instanceof Uint8Array;
  const headers = {
    ...(!isRaw && { 'content-type': 'application/json' }),
    ...(token && { authorization: `Bearer ${token}` }),
    ...more,
  };
  const reply = await fetch(base + path, { method, headers, body: isRaw ? body : body && JSON.stringify(body) });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** Calls the API as a demo user. */
async function signIn(base, email) {
  const session = await call(base, 'POST', '/v1/sessions', { email, password: PASSWORD });
  const as = (method, path, body, headers) => call(base, method, path, body, session.access_token, headers);
  return {
    me: session.me,
    get: (path) => as('GET', path),
    post: (path, body = {}) => as('POST', path, body),
    put: (path, body) => as('PUT', path, body),
    patch: (path, body) => as('PATCH', path, body),
    putBytes: (path, bytes, headers) => as('PUT', path, bytes, headers),
    delete: (path) => as('DELETE', path),
  };
}

/** A new visitor of the demo's website, who writes through the API. */
async function visitor(base) {
  const widget = (await (await signIn(base, ANA)).get('/v1/chat_widgets')).items.find(({ name }) => name === 'Website');
  const post = (path, body, token) => call(base, 'POST', path, body, token);
  const { token } = await post('/v1/visitor_sessions', { widget_id: widget.id, language: 'en', time_zone: 'Europe/Paris' });
  let count = 0;
  return {
    /** Sends a message, and answers it as it was stored. */
    says: (text, attachment_ids = []) =>
      post('/v1/visitor/messages', { text, client_id: `m${(count += 1)}`, page_url: null, attachment_ids }, token),
    /** Uploads a file, and answers its id. */
    async uploads(name, type, content) {
      const form = new FormData();
      form.append('file', new Blob([content], { type }), name);
      return (await post('/v1/visitor/files', form, token)).id;
    },
    types: (typing) => post('/v1/visitor/typing', { typing }, token),
  };
}
