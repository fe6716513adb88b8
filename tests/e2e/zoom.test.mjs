// Zoom in the app: connecting the account and users, and the sync. The other side is the fake in tests/zoom.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, expectAccessible, launch, newPage, shot, shows, signIn } from './browser.mjs';
import { ANA, PRIYA, freePort, startServer } from './server.mjs';

const port = await freePort();
const zoom = `http://127.0.0.1:${port}`;
const program = fileURLToPath(new URL('../zoom/node_modules/.fake/fake.js', import.meta.url));
const fake = spawn(process.execPath, [program, `${port}`], { stdio: 'ignore' });
let browser;
let server;
after(async () => {
  fake.kill();
  await browser?.close();
  await server?.stop();
});
await eventually(() => fetch(`${zoom}/fake/seen`).then(() => true, () => false), 'the fake of Zoom answers');
server = await startServer('sqlite', {
  more: {
    RAPPORT_ZOOM__CLIENT_ID: 'client',
    RAPPORT_ZOOM__CLIENT_SECRET: 'client secret',
    RAPPORT_ZOOM__SECRET_TOKEN: 'secret token',
    RAPPORT_ZOOM__API_URL: `${zoom}/v2`,
    RAPPORT_ZOOM__OAUTH_URL: `${zoom}/oauth`,
  },
});
browser = await launch();

/** Tells the fake what there is. */
async function tell(path, body) {
  const reply = await fetch(`${zoom}/fake/${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(reply.status, 200, await reply.clone().text());
  return reply.json();
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

  const at = new Date().toISOString();
  const content = readFileSync(new URL('../audio/call_synth_stereo.ogg', import.meta.url)).toString('base64');
  const media = { id: 'sound', recording_start: at, file_type: 'M4A', recording_type: 'audio_only', content };
  await tell('meeting', { uuid: 'u==', host_id: 'priya', topic: 'Varnish', type: 2, start_time: at, files: [media], participants: [] });
  const sent = await tell('send', {
    event: 'recording.completed', about: 'u==', to: `${server.base}/v1/zoom/events`, secret: 'secret token', timestamp: Math.floor(Date.now() / 1000),
  });
  assert.equal(sent.status, 204);
  const taken = await eventually(
    async () => (await api.get('/v1/calls')).items.find((call) => call.title === 'Varnish' && call.recording.state === 'ready'),
    'the recording is a call',
  );
  assert.equal(taken.owner_id, (await server.api(PRIYA)).me.user.id);

  await other.getByRole('button', { name: /^Disconnect / }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await other.getByText('Nothing is connected').waitFor();
  shows('the account and users are connected with Zoom', 'sqlite', 'CALL-66', 'CALL-71');
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
