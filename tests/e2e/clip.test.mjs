// A clip of a call, as people outside see it who were sent its link.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { eventually, expectAccessible, newPage, serverAndBrowser, shot } from './browser.mjs';
import { PASSWORD, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const team = await server.api(PRIYA);

/** Ten seconds of a tone, as a WAV file of one channel. */
function tone() {
  const rate = 8000;
  const samples = Buffer.alloc(rate * 10 * 2);
  for (let frame = 0; frame < rate * 10; frame += 1) {
    samples.writeInt16LE(Math.round(9000 * Math.sin((frame * 440 * 2 * Math.PI) / rate)), frame * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** A credential for what the helper of the API cannot send. */
async function credential() {
  const reply = await fetch(`${server.base}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: PRIYA, password: PASSWORD }),
  });
  return { authorization: `Bearer ${(await reply.json()).access_token}` };
}

/** Sends bytes as they are. */
async function putBytes(path, bytes) {
  const digest = `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
  const headers = { ...(await credential()), 'content-digest': digest, 'content-type': 'application/octet-stream' };
  const reply = await fetch(server.base + path, { method: 'PUT', headers, body: bytes });
  assert.equal(reply.status, 200, await reply.text());
}

const TALK = `WEBVTT

00:00:00.000 --> 00:00:02.900
<v Ana>Before the clip

00:00:03.000 --> 00:00:05.000
<v Lucie>The table is too long

00:00:05.000 --> 00:00:08.000
<v Ana>Then we cut it
`;

/** A call with a recording and a transcript. */
async function recorded() {
  const call = await team.post('/v1/calls', {
    title: 'The long table',
    direction: 'inbound',
    started_at: new Date().toISOString(),
  });
  const path = `/v1/calls/${call.id}`;
  const file = tone();
  const upload = await team.post(`${path}/recording/upload`, { name: 'call.wav', bytes: file.length });
  assert.equal(upload.parts, 1);
  await putBytes(`${path}/recording/parts/1`, file);
  await team.post(`${path}/recording/complete`);
  await eventually(async () => (await team.get(path)).recording.state === 'ready', 'the recording is examined');
  await team.put(`${path}/transcript`, { content: TALK });
  await eventually(async () => (await team.get(`${path}/transcript`)).state === 'ready', 'the transcript is stored');
  return call.id;
}

const call = await recorded();
const clip = await team.post(`/v1/calls/${call}/clips`, { from_ms: 3000, until_ms: 8000, title: 'The length' });

/** A link of the clip whose file is there. */
async function linked(options = {}) {
  const made = await team.post(`/v1/clips/${clip.id}/links`, { has_transcript: true, ...options });
  await eventually(async () => (await team.get(`/v1/clips/${clip.id}`)).cut?.state === 'ready', 'the clip is cut');
  return made;
}

const at = (page) => page.evaluate(() => document.querySelector('audio').currentTime);

test('a clip is played, read along and moved through', async () => {
  const page = await newPage(browser);
  const { url } = await linked();
  await page.goto(url);
  await page.getByRole('heading', { name: 'The length', level: 1 }).waitFor();
  const play = page.getByRole('button', { name: 'Play', exact: true });
  await play.waitFor();
  await page.getByText('The table is too long').waitFor();
  assert.equal(await page.getByText('Before the clip').count(), 0, 'nothing is said that is not in the clip');
  await play.click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await eventually(async () => (await at(page)) > 0.3, 'it plays');
  await page.getByRole('button', { name: /Then we cut it/ }).click();
  await page.locator('[aria-current=true]', { hasText: 'Then we cut it' }).waitFor();
  assert.ok((await at(page)) >= 1.9, 'a line leads to its moment');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('2');
  assert.equal(await page.evaluate(() => document.querySelector('audio').playbackRate), 2);
  const before = await at(page);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('ArrowLeft');
  await eventually(async () => (await at(page)) < before, 'the arrow goes back');
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await page.getByRole('slider', { name: 'Position' }).fill('4000');
  await eventually(async () => Math.abs((await at(page)) - 4) < 0.2, 'the slider leads to its moment');
  await page.getByText('0:04 / 0:05').waitFor();
  await shot(page, 'clip');
  await expectAccessible(page, 'a shared clip');
  const { views } = (await team.get(`/v1/clips/${clip.id}`)).links[0];
  assert.equal(views, 1, 'one opening, however often the player asked');
});

test('a password is asked for, in French, on a narrow dark screen', async () => {
  const page = await newPage(browser, {
    locale: 'fr-FR',
    colorScheme: 'dark',
    viewport: { width: 320, height: 640 },
  });
  const { url } = await linked({ password: 'quatre chaises' });
  await page.goto(url);
  const password = page.getByLabel('Mot de passe');
  await password.waitFor();
  await expectAccessible(page, 'the password of a clip');
  assert.equal(await page.getByRole('button', { name: 'Lire' }).count(), 0);
  await password.fill('quatre tables');
  await password.press('Enter');
  await page.getByText('Le mot de passe est incorrect.').waitFor();
  await password.fill('quatre chaises');
  await password.press('Enter');
  await page.getByRole('button', { name: 'Lire' }).waitFor();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
  await shot(page, 'clip-narrow-dark');
  await expectAccessible(page, 'a narrow dark clip');
});

test('a link that was ended says so, also to whoever was playing', async () => {
  const page = await newPage(browser);
  const { url, link } = await linked();
  await page.goto(url);
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const ended = await fetch(`${server.base}/v1/clips/${clip.id}/links/${link.id}`, {
    method: 'DELETE',
    headers: await credential(),
  });
  assert.equal(ended.status, 204);
  await page.reload();
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
  await expectAccessible(page, 'a link that was ended');
  await page.goto(`${server.base}/clip/nothing`);
  await page.getByRole('heading', { name: 'There is no clip here' }).waitFor();
});
