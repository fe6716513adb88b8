// Zoom in the app: connecting the account and users, and the sync. The other side is the fake in tests/zoom.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, expectAccessible, launch, newPage, shot, shows, signIn } from './browser.mjs';
import { ANA, PRIYA, freePort, startServer } from './server.mjs';

const port = await freePort();
const zoom = `http://127.0.0.1:${port}`;
const program = fileURLToPath(new URL('../zoom/node_modules/.fake/fake.js', import.meta.url));
const fake = spawn(process.execPath, [program, `${port}`], { stdio: 'ignore' });
// A fake of a transcription server, which understands everything in the same way.
const engine = createServer((request, reply) => {
  request.resume().on('end', () => {
    const answer = request.method === 'POST' ? { text: 'The varnish is dry.', language: 'english' } : { data: [] };
    reply.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
}).listen(0, '127.0.0.1');
await once(engine, 'listening');
let browser;
let server;
after(async () => {
  fake.kill();
  await browser?.close();
  await server?.stop();
  engine.close();
});
await eventually(() => fetch(`${zoom}/fake/seen`).then(() => true, () => false), 'the fake of Zoom answers');
server = await startServer('sqlite', {
  more: {
    RAPPORT_ZOOM__CLIENT_ID: 'client',
    RAPPORT_ZOOM__CLIENT_SECRET: 'client secret',
    RAPPORT_ZOOM__SECRET_TOKEN: 'secret token',
    RAPPORT_ZOOM__API_URL: `${zoom}/v2`,
    RAPPORT_ZOOM__OAUTH_URL: `${zoom}/oauth`,
    RAPPORT_TRANSCRIPTION__ENGINE: 'openai',
    RAPPORT_TRANSCRIPTION__BASE_URL: `http://127.0.0.1:${engine.address().port}`,
  },
});
browser = await launch();

/** Tells the fake what there is. */
async function tell(path, body) {
  const reply = await fetch(`${zoom}/fake/${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(reply.status, 200, await reply.clone().text());
  return reply.json();
}

/** A call of two people as a film, as Zoom hands it out. */
function film() {
  const sound = fileURLToPath(new URL('../audio/call_synth_stereo.ogg', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'rapport-e2e-'));
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=128x96:rate=2:duration=101'];
  const codecs = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest'];
  const made = spawnSync('ffmpeg', ['-v', 'error', ...picture, '-i', sound, ...codecs, join(folder, 'film.mp4')], { encoding: 'utf8' });
  assert.equal(made.status, 0, `${made.error ?? made.stderr}`);
  const film = readFileSync(join(folder, 'film.mp4'));
  rmSync(folder, { recursive: true });
  return film;
}

test('the account and users are connected with Zoom, and the sync is switched on', async () => {
  await tell('user', { id: 'boss', account_id: 'account', email: 'boss@atelier-sud.example', display_name: 'Zoom Boss' });
  await tell('user', { id: 'priya', account_id: 'account', email: 'p@private.example', display_name: 'Priya at home' });
  const page = await newPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(page, server.base, ANA);
  await page.goto(`${server.base}/settings/zoom`);
  await page.getByText('Nothing is connected').first().waitFor();
  await expectAccessible(page, 'the settings of Zoom');
  await tell('mode', { signs_in: 'boss' });
  await page.getByRole('button', { name: 'Connect Zoom' }).click();
  await page.getByRole('cell', { name: /Zoom Boss/ }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/settings/zoom');
  const sync = page.getByRole('switch', { name: 'Sync data from recordings and transcripts' });
  await sync.check();
  const api = await server.api(ANA);
  await eventually(async () => (await api.get('/v1/settings/zoom')).sync, 'the sync is on');
  await shot(page, 'zoom-settings');

  const other = await newPage(browser);
  await signIn(other, server.base, PRIYA);
  await other.goto(`${server.base}/profile`);
  await tell('mode', { signs_in: 'priya' });
  await other.getByRole('button', { name: 'Connect Zoom' }).click();
  await other.getByRole('cell', { name: /Priya at home/ }).waitFor();
  assert.equal(new URL(other.url()).pathname, '/profile');
  await expectAccessible(other, 'the profile with a connection');

  await page.reload();
  await page.getByRole('tab', { name: 'User accounts' }).click();
  await page.getByRole('cell', { name: /Priya at home/ }).waitFor();
  await expectAccessible(page, 'the connections of users');
  await shot(page, 'zoom-users');
  shows('the account and users are connected with Zoom', 'sqlite', 'CALL-66', 'CALL-71');
});

test('a recording of Zoom is a call with its film, who spoke, what was said, and its place on timelines', async () => {
  const api = await server.api(ANA);
  const at = new Date().toISOString();
  const said = (ts, name) => ({ ts, users: [{ username: name }] });
  const timeline = JSON.stringify({ timeline: [said('00:00:00.000', 'Priya at home'), said('00:00:50.000', 'Zoe’s phone')] });
  const file = (id, file_type, recording_type, content) =>
    ({ id, recording_start: at, file_type, recording_type, content: Buffer.from(content).toString('base64') });
  await tell('meeting', {
    uuid: 'u==', host_id: 'priya', topic: 'Varnish', type: 2, start_time: at,
    files: [file('film', 'MP4', 'shared_screen_with_speaker_view', film()), file('line', 'TIMELINE', 'timeline', timeline)],
    participants: [{ name: 'Priya at home', user_email: 'p@private.example' }, { name: 'Zoe’s phone', user_email: 'zoe@client.example' }],
  });
  const sent = await tell('send', {
    event: 'recording.completed', about: 'u==', to: `${server.base}/v1/zoom/events`, secret: 'secret token', timestamp: Math.floor(Date.now() / 1000),
  });
  assert.equal(sent.status, 204);
  const transcribed = async () => (await api.get('/v1/calls?q=varnish')).items[0]?.transcript === 'ready';
  await eventually(transcribed, 'the recording is a call, and transcribed', 600);

  const page = await newPage(browser);
  await signIn(page, server.base, ANA);
  await page.goto(`${server.base}/calls`);
  await page.getByRole('link', { name: 'Varnish' }).first().click();
  await page.locator('.seg', { hasText: 'The varnish is dry.' }).first().waitFor();
  const { name } = (await server.api(PRIYA)).me.user;
  await page.locator('.call-facts').getByText(name).waitFor();
  for (const speaker of [name, 'Zoe’s phone']) await page.getByRole('button', { name: `Who is ${speaker}?` }).waitFor();
  const video = page.locator('video');
  const time = () => video.evaluate((media) => media.currentTime);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await eventually(async () => (await time()) > 0.2, 'the film plays');
  assert.equal(await video.evaluate((media) => media.videoWidth), 128);
  await page.getByRole('button', { name: /^\+10 s/ }).click();
  await eventually(async () => (await time()) > 10, 'ten seconds on');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  assert.ok(await video.evaluate((media) => media.paused));
  await expectAccessible(page, 'a film');
  await shot(page, 'zoom-call');

  const zoe = (await api.get('/v1/contacts?q=zoe')).items.find(({ email }) => email === 'zoe@client.example');
  await page.goto(`${server.base}/contacts/${zoe.id}`);
  const entries = page.locator('.timeline li').filter({ has: page.getByRole('link', { name: 'Varnish' }) });
  await entries.filter({ hasText: 'Call recorded:' }).waitFor();
  await entries.filter({ hasText: 'Transcript of the call:' }).waitFor();
  shows('a film of Zoom', 'sqlite', 'CALL-15', 'CALL-29', 'CALL-59', 'CALL-60', 'CALL-61');
  shows('the owner of a recording of Zoom', 'sqlite', 'CALL-70');
});

test('a user takes the connection back', async () => {
  const page = await newPage(browser);
  await signIn(page, server.base, PRIYA);
  await page.goto(`${server.base}/profile`);
  await page.getByRole('button', { name: /^Disconnect / }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await page.getByText('Nothing is connected').waitFor();
});

test('a sign-in that is broken off connects nothing', async () => {
  const page = await newPage(browser);
  await signIn(page, server.base, PRIYA);
  await page.goto(`${server.base}/connections/return?error=access_denied`);
  await page.getByText('Nothing was connected').waitFor();
  await expectAccessible(page, 'the way back without a code');
  await page.goto(`${server.base}/connections/return?state=made-up&code=made-up`);
  await page.getByText('this sign-in was begun elsewhere').waitFor();
});
