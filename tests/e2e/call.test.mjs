// The page of a call: player, waveform and lanes, transcript, note, comments, participants, associations, sharing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { eventually, expectAccessible, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { recordedCall } from './recordings.mjs';
import { ANA, PRIYA } from './server.mjs';
import { SAID, asVtt, longTone, transcribedCall } from './transcripts.mjs';

const { server, browser } = await serverAndBrowser();
const api = await server.api(ANA);
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

async function open(path, options, email = ANA) {
  const page = await newPage(browser, options);
  await signIn(page, server.base, email);
  await page.goto(server.base + path);
  return page;
}

const position = (page) =>
  page.getByRole('slider', { name: 'Position in the recording' }).getAttribute('aria-valuetext');
const playing = (page) => page.locator('audio, video').evaluate((media) => !media.paused && media.currentTime > 0);
/** How many bars of the first lane stand out of silence. */
const drawn = (page) =>
  page.locator('canvas.wave').first().evaluate((canvas) => {
    const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let x = 0; x < width; x += 1) count += data[(Math.floor(height * 0.4) * width + x) * 4 + 3] > 0;
    return count;
  });

test('a call is played, paused, skipped and found again where it was left', async () => {
  const { call } = await transcribedCall(api, 'Late delivery');
  const page = await open(`/calls/${call.id}`);
  await page.getByRole('heading', { level: 1, name: 'Late delivery' }).waitFor();
  await eventually(async () => (await drawn(page)) > 40, 'the waveform is drawn');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await eventually(() => playing(page), 'it plays');
  await page.keyboard.press('Escape');
  await page.locator('body').press('k');
  await eventually(async () => !(await playing(page)), 'it stops');
  await page.locator('body').press('3');
  await eventually(async () => (await position(page)) === '0:30', 'three tenths of it');
  await page.locator('body').press('l');
  await eventually(async () => (await position(page)) === '0:40', 'ten seconds on');
  await page.locator('body').press('j');
  await page.getByRole('button', { name: /^−10 s/ }).click();
  await eventually(async () => (await position(page)) === '0:20', 'ten seconds back, twice');
  await page.getByRole('button', { name: '1×' }).click();
  await page.getByRole('menuitemradio', { name: '2.5×' }).click();
  await eventually(async () => (await api.get(`/v1/calls/${call.id}/position`)).position_ms > 20_000, 'the place is saved');
  assert.match(page.url(), /\?t=20\.\d$/);
  await page.goto(`${server.base}/calls/${call.id}`);
  await eventually(async () => (await position(page)) === '0:20', 'it goes on where it was left');
  await page.getByRole('button', { name: '2.5×' }).waitFor();
  await page.goto(`${server.base}/calls/${call.id}?t=1:02`);
  await eventually(async () => (await position(page)) === '1:02', 'the address says where');
  assert.deepEqual(page.complaints, []);
  shows('play', server.engine, 'CALL-13', 'CALL-14');
});

test('lanes show who speaks when, are dragged along, and speakers are matched and unmatched', async () => {
  const { call } = await transcribedCall(api, 'Who speaks');
  const page = await open(`/calls/${call.id}`);
  const tracks = page.getByRole('region', { name: 'Waveform and speakers' });
  // A call of two is matched by itself.
  const me = api.me.user.name;
  await tracks.getByText(me).waitFor();
  await tracks.getByText(/^\d\d %$/).first().waitFor();
  const area = await page.locator('.scrub-area').boundingBox();
  await page.mouse.move(area.x + area.width * 0.2, area.y + 20);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.5, area.y + 20, { steps: 5 });
  await page.mouse.up();
  await eventually(() => playing(page), 'dragging plays');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: `Who is ${me}?` }).click();
  await page.getByRole('button', { name: 'Unmatch' }).click();
  await page.getByRole('button', { name: 'Who is Daniel Ross?' }).click();
  const panel = page.getByRole('dialog', { name: 'Who is Daniel Ross?' });
  const choices = panel.getByLabel('Participant').locator('option');
  await choices.first().waitFor({ state: 'attached' });
  assert.deepEqual(await choices.allInnerTexts(), [me], 'whoever is matched already is not offered');
  await panel.getByRole('button', { name: 'Match' }).click();
  await page.getByRole('button', { name: `Who is ${me}?` }).waitFor();
  await expectAccessible(page, 'a call');
  shows('lanes', server.engine, 'CALL-27', 'CALL-28', 'CALL-30', 'CALL-31', 'CALL-32');
});

test('the transcript follows, is searched, shared, copied and corrected without losing anything', async () => {
  const { call } = await transcribedCall(api, 'What was said');
  const page = await open(`/calls/${call.id}`, CLIPBOARD);
  const lines = page.locator('.seg');
  await lines.first().waitFor();
  const [player, transcript] = await Promise.all(['.call-recording', '.transcript'].map((name) => page.locator(name).boundingBox()));
  assert.ok(transcript.x >= player.x + player.width, 'the transcript is to the right of the player');
  await page.getByRole('button', { name: `Go to 0:${String(Math.floor(SAID[2].startMs / 1000)).padStart(2, '0')}` }).click();
  await eventually(async () => (await page.locator('.seg.now').innerText()).includes(SAID[2].text.slice(0, 20)), 'the line is marked');

  await page.locator('body').press('/');
  await page.keyboard.type('you');
  await page.locator('mark').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.seg.hit').waitFor();
  const first = await position(page);
  await page.keyboard.press('Tab');
  await page.locator('body').press('n');
  await eventually(async () => (await position(page)) !== first, 'the next passage');
  await page.getByRole('searchbox', { name: 'Search transcript' }).fill('');

  const line = lines.filter({ hasText: SAID[0].text.slice(0, 30) });
  await page.locator('body').press('0');
  await line.hover();
  await line.getByRole('button', { name: 'Share passage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share passage' });
  const link = await dialog.getByLabel('Link to the passage').inputValue();
  assert.match(link, new RegExp(`/calls/${call.id}\\?t=\\d`));
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await eventually(async () => (await copied(page)) === link, 'the link is copied');
  await page.keyboard.press('Escape');

  await line.hover();
  await line.getByRole('button', { name: 'Correct line' }).click();
  await page.getByRole('textbox', { name: 'Correct line' }).fill('Thank you for calling Northbound.');
  await page.locator('.call-facts').click();
  await eventually(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.includes('.call.'))), 'the draft is kept');
  await page.reload();
  assert.equal(await page.locator('textarea').inputValue(), 'Thank you for calling Northbound.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.seg', { hasText: 'Northbound' }).waitFor();
  await page.locator('textarea').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Corrected: show the original' }).click();
  await page.getByText(SAID[0].text).waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.locator('.seg', { hasText: 'Northbound' }).waitFor({ state: 'detached' });

  const helpful = page.getByRole('button', { name: 'Helpful', exact: true });
  await helpful.click();
  await page.getByRole('button', { name: 'Helpful', exact: true, pressed: true }).waitFor();
  assert.equal((await api.get(`/v1/calls/${call.id}/transcript/votes`)).own, true);

  await page.locator('.transcript header').getByRole('button', { name: 'More' }).click();
  const file = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'WebVTT' }).click();
  assert.match(readFileSync(await (await file).path(), 'utf8'), /^WEBVTT/);
  assert.deepEqual(page.complaints, []);
  shows('transcript', server.engine, 'CALL-53', 'CALL-56', 'CALL-57', 'CALL-58');
});

test('a note has times that lead to their moments, and two writers lose nothing', async () => {
  const { call } = await transcribedCall(api, 'With a note');
  const page = await open(`/calls/${call.id}`);
  await page.getByRole('button', { name: 'Write a note' }).click();
  const editor = page.getByRole('textbox', { name: 'Note about the call' });
  await editor.click();
  await page.keyboard.type('Carrier tried at 0:22');
  await page.keyboard.press('Enter');
  await page.keyboard.type('and failed.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Edit note' }).waitFor();
  const note = await api.get(`/v1/calls/${call.id}/note`);
  assert.match(note.html, /<a data-at-ms="22000"[^>]*>0:22<\/a> and failed\./);
  await page.getByRole('link', { name: '0:22' }).click();
  await eventually(async () => (await position(page)) === '0:22', 'the player is there');

  await page.getByRole('button', { name: 'Edit note' }).click();
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Call back.');
  await api.put(`/v1/calls/${call.id}/note`, { html: '<p>Somebody else was here.</p>', version: note.version });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Somebody else was here.').waitFor();
  assert.match(await editor.innerText(), /Call back\./);
  await page.getByRole('button', { name: 'Save mine' }).click();
  await page.getByRole('button', { name: 'Edit note' }).waitFor();
  assert.match((await api.get(`/v1/calls/${call.id}/note`)).html, /Call back\./);
  await expectAccessible(page, 'a note');
  shows('note', server.engine, 'CALL-20', 'CALL-21', 'CALL-23', 'CALL-24', 'CALL-25');
});

test('a comment mentions a colleague, is anchored to its moment, and answered', async () => {
  const { call } = await transcribedCall(api, 'With comments');
  const page = await open(`/calls/${call.id}?t=20`);
  await page.getByRole('tab', { name: 'Comments' }).click();
  const editor = page.getByRole('textbox', { name: /Write a comment/ });
  await editor.click();
  await page.keyboard.type('Well done @Pri');
  await page.locator('.suggestions button').first().click();
  await page.getByRole('checkbox', { name: 'About this moment: 0:20' }).check();
  await page.getByRole('button', { name: 'Add comment' }).click();
  await page.locator('.call-comment', { hasText: 'Well done' }).waitFor();
  await page.locator('.pin').waitFor();
  const [comment] = (await api.get(`/v1/calls/${call.id}/comments`)).items;
  assert.equal(Math.floor(comment.at_ms / 1000), 20);
  assert.equal(comment.mentioned_user_ids.length, 1);

  const priya = await open(`/calls/${call.id}?comment=${comment.id}`, {}, PRIYA);
  await priya.locator('.call-comment.stated').waitFor();
  await priya.getByRole('button', { name: 'Answer' }).click();
  await priya.getByRole('textbox', { name: 'Write an answer' }).click();
  await priya.keyboard.type('Thank you!');
  await priya.keyboard.press('Control+Enter');
  await page.locator('.call-answers', { hasText: 'Thank you!' }).waitFor();
  await expectAccessible(page, 'comments');
  assert.deepEqual(priya.complaints, []);
  shows('comments', server.engine, 'CALL-10', 'CALL-16');
});

test('participants, associations with previews, facts', async () => {
  const employer = await api.post('/v1/companies', { name: 'Northwind Traders' });
  const { call, contact } = await transcribedCall(api, 'Whose call', { company_id: employer.id });
  const company = await api.post('/v1/companies', { name: 'Lantern Works', domain: `lantern-${Date.now()}.example` });
  const ticket = await api.post('/v1/tickets', { subject: 'Lantern is broken' });
  const page = await open(`/calls/${call.id}`);
  await page.getByRole('button', { name: 'Participants 2' }).click();
  const people = page.getByRole('dialog', { name: 'Participants 2' });
  await people.getByRole('button', { name: 'Sarah Miller' }).click();
  await page.getByText(contact.email).last().waitFor();
  await page.getByRole('link', { name: 'Go to record' }).click();
  await page.waitForURL(`**/contacts/${contact.id}`);
  await page.goBack();

  await page.getByRole('button', { name: 'Associations' }).click();
  const pane = page.getByRole('complementary', { name: 'Associations' });
  const primary = pane.getByRole('listitem').filter({ hasText: 'Northwind Traders' });
  await primary.getByTitle('Associated automatically: the primary company of the contact.').waitFor();
  await pane.getByRole('button', { name: /^Add Tickets/ }).click();
  await page.keyboard.type('lantern');
  await page.getByRole('option', { name: /Lantern is broken/ }).waitFor();
  await page.keyboard.press('Enter');
  await pane.getByRole('link', { name: 'Lantern is broken' }).waitFor();
  await pane.getByRole('button', { name: /^Add Companies/ }).click();
  await page.keyboard.type('lantern');
  await page.getByRole('option', { name: /Lantern Works/ }).waitFor();
  await page.keyboard.press('Enter');
  await pane.getByRole('link', { name: 'Lantern Works' }).waitFor();
  await pane.getByRole('button', { name: 'Preview Lantern Works' }).press('Enter');
  await page.getByText(company.domain).last().waitFor();
  await page.keyboard.press('Escape');
  await pane.getByRole('button', { name: 'Actions on Lantern Works' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Remove association' }).click();
  await pane.getByRole('link', { name: 'Lantern Works' }).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Edit call' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit call' });
  await dialog.getByLabel('Title').fill('Our call');
  await dialog.getByLabel('Outcome').selectOption('busy');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Our call' }).waitFor();
  await page.getByText('Busy').waitFor();
  await expectAccessible(page, 'associations of a call');
  await page.goto(`${server.base}/tickets/${ticket.id}`);
  await page.locator('.timeline').getByRole('link', { name: 'Our call' }).first().waitFor();
  shows('participants', server.engine, 'CALL-17', 'CALL-18', 'CALL-19');
  shows('associations', server.engine, 'CALL-72', 'CALL-73', 'CALL-75', 'CALL-76');
  shows('previews', server.engine, 'CALL-77', 'CALL-78');
});

test('a clip is set by handle, by line and by typed times, and shared', async () => {
  const { call } = await transcribedCall(api, 'Worth hearing');
  const page = await open(`/calls/${call.id}`, CLIPBOARD);
  const begin = page.getByRole('slider', { name: 'Beginning of the clip' });
  const end = page.getByRole('slider', { name: 'End of the clip' });
  await begin.waitFor();
  const dialog = page.getByRole('dialog', { name: 'Share the call' });
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await eventually(async () => (await copied(page)) === `${server.base}/calls/${call.id}`, 'the link to the call is copied');
  await page.keyboard.press('Escape');
  const area = await page.locator('.track-overlay').boundingBox();
  const handle = await begin.boundingBox();
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.3, handle.y + 20, { steps: 4 });
  await page.mouse.up();
  await eventually(async () => Number(await begin.getAttribute('aria-valuenow')) > 25, 'the handle is dragged');
  await end.focus();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowLeft');
  const line = page.locator('.seg', { hasText: SAID[1].text.slice(0, 30) });
  await line.hover();
  await line.getByRole('button', { name: 'Clip from here' }).click();
  await eventually(async () => (await begin.getAttribute('aria-valuenow')) === String(Math.floor(SAID[1].startMs / 1000)), 'a line begins it');
  const whole = page.locator('.seg', { hasText: SAID[0].text.slice(0, 30) });
  await whole.hover();
  await whole.getByRole('button', { name: 'Clip from here' }).click();
  await eventually(async () => (await begin.getAttribute('aria-valuenow')) === '0', 'the first line begins the recording');

  await page.getByRole('button', { name: /^Share clip/ }).click();
  await dialog.getByLabel('From').fill('0:34');
  await dialog.getByLabel('Until', { exact: true }).fill('0:41');
  await dialog.getByRole('button', { name: 'Choose colleagues' }).click();
  await page.getByRole('checkbox', { name: /Priya/ }).check();
  await page.keyboard.press('Escape');
  await dialog.getByLabel('Message').fill('Listen to this');
  await expectAccessible(page, 'sharing');
  await shot(page, 'call-share');
  await dialog.getByRole('button', { name: 'Copy link' }).first().click();
  await eventually(async () => /\?clip=\d+$/.test(await copied(page)), 'the link to the clip is copied');
  await dialog.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  const { items: [clip, ...others] } = await api.get(`/v1/clips?call_id=${call.id}`);
  assert.deepEqual([clip.from_ms, clip.until_ms, clip.message, others.length], [34_000, 41_000, 'Listen to this', 0]);

  await page.getByRole('button', { name: /^Share clip/ }).click();
  await dialog.getByText('For people outside the team').click();
  await dialog.getByRole('button', { name: 'Make link' }).click();
  const outside = dialog.getByLabel('Link for people outside');
  await eventually(async () => /\/clip\/[\w-]{43}$/.test(await outside.inputValue()), 'the link is made');
  await dialog.getByText('Link works', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Revoke link' }).click();
  await dialog.getByText('Link revoked', { exact: true }).waitFor();
  await expectAccessible(page, 'sharing with people outside');
  await page.keyboard.press('Escape');

  const mail = (await api.get('/v1/mails')).items.find(({ to, purpose }) => to === PRIYA && purpose === 'clip');
  assert.ok(mail.text.includes('Listen to this') && mail.text.includes(`?clip=${clip.id}`), mail.text);

  const priya = await open(`/calls/${call.id}?clip=${clip.id}`, {}, PRIYA);
  await priya.getByText('Listen to this').waitFor();
  await eventually(async () => (await position(priya)) === '0:34', 'it begins at the clip');
  assert.deepEqual([...page.complaints, ...priya.complaints], []);
  shows('clip', server.engine, 'CALL-35', 'CALL-36', 'CALL-37', 'CALL-38', 'CALL-39');
  shows('clip recipients', server.engine, 'CALL-40', 'CALL-43', 'CALL-44', 'CALL-45', 'CALL-46');
  shows('links', server.engine, 'CALL-47', 'CALL-81');
});

test('three hours open at once, without decoding, and few lines are in the document', async () => {
  const seconds = 3 * 3600;
  const call = await recordedCall(api, { title: 'Three hours' }, longTone(seconds), 120);
  const turns = Array.from({ length: 3000 }, (_, index) => ({
    speaker: index % 2 ? 'Ada' : 'Ben',
    startMs: index * 3600,
    endMs: index * 3600 + 3000,
    text: `Sentence number ${index} of a very long conversation about shelves.`,
  }));
  await api.put(`/v1/calls/${call.id}/transcript`, { content: asVtt(turns) });
  const page = await open('/calls');
  await page.getByRole('main').waitFor();
  await page.waitForLoadState('networkidle');
  const fetched = [];
  page.on('response', (reply) => fetched.push(new URL(reply.url()).pathname));
  await page.getByRole('link', { name: 'Three hours' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Three hours' }).waitFor();
  await page.locator('.seg').first().waitFor();
  await eventually(async () => (await drawn(page)) > 40, 'the waveform is drawn');
  assert.ok((await page.locator('.seg').count()) <= 40, 'few lines are in the document');
  assert.ok(!fetched.some((path) => /tile|\/content$/.test(path)), `neither tiles nor sound were fetched: ${fetched}`);
  await page.locator('body').press('9');
  await page.locator('.seg', { hasText: 'Sentence number 2700' }).waitFor();
  for (let press = 0; press < 8; press += 1) await page.getByRole('button', { name: 'Look closer' }).click();
  await eventually(() => fetched.some((path) => path.endsWith('/peaks/tile')), 'a closer look fetches tiles');
  assert.ok((await page.locator('.seg').count()) <= 40);
  shows('a call is opened by its title', server.engine, 'CALL-12');
  assert.deepEqual(page.complaints, []);
});

test('a call is reviewed on a phone, in French and in the dark', async () => {
  const { call } = await transcribedCall(api, 'Au téléphone');
  const page = await open(`/calls/${call.id}`, { viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'fr-FR', colorScheme: 'dark' });
  await page.locator('.play').waitFor();
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  assert.ok(await fits(), 'nothing is wider than the screen');
  await expectAccessible(page, 'a call on a phone');
  await shot(page, 'call-phone');
  await page.locator('.call-panes button').nth(1).click();
  await page.locator('.seg').first().waitFor();
  assert.ok(await fits());
  const small = await page.locator('.seg button:visible').evaluateAll((buttons) =>
    buttons.filter((button) => button.getBoundingClientRect().height < 44).map((button) => button.outerHTML.slice(0, 120)),
  );
  assert.deepEqual(small, [], 'fingers need 44 px');
  await expectAccessible(page, 'a transcript on a phone');
  await page.locator('.call-panes button').nth(2).click();
  await page.getByRole('tabpanel').waitFor();
  assert.ok(await fits());
  shows('phone', server.engine, 'CALL-05', 'SYS-31');
});

test('what is missing is said: no recording, no transcript', async () => {
  const call = await api.post('/v1/calls', { title: 'Nothing yet', direction: 'outbound', started_at: new Date().toISOString() });
  const page = await open(`/calls/${call.id}`);
  await page.getByRole('heading', { name: 'No recording yet' }).waitFor();
  await page.getByRole('heading', { name: 'No transcript' }).waitFor();
  await expectAccessible(page, 'a call without a recording');
  // Both can be added here. The sound rests for two seconds every ten.
  const file = (name, content) => [{ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) }];
  await page.locator('.call-recording input[type=file]').setInputFiles(file('late.wav', longTone(20)));
  const play = page.getByRole('button', { name: 'Play', exact: true });
  await play.waitFor();
  await page.getByRole('heading', { name: 'No transcription engine configured' }).waitFor();
  await page.getByRole('button', { name: 'Skip silence' }).click();
  await eventually(async () => (await drawn(page)) > 40, 'the waveform is drawn');
  const sound = page.locator('audio');
  await play.click();
  await eventually(() => playing(page), 'it plays');
  const heard = sound.evaluate((media) => new Promise((done) => {
    const times = [];
    media.ontimeupdate = () => {
      times.push(media.currentTime);
      if (media.currentTime > 10.2) done(times);
    };
    media.currentTime = 7.5;
  }));
  assert.deepEqual((await heard).filter((time) => time > 8.6 && time < 9.6), [], 'the pause is left out');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();

  const turns = [{ speaker: 'Ada', startMs: 0, endMs: 900, text: 'Is it ready?' }, { speaker: 'Ben', startMs: 1000, endMs: 1900, text: 'It is.' }];
  await page.locator('.transcript input[type=file]').setInputFiles(file('late.vtt', asVtt(turns)));
  const answer = page.locator('.seg', { hasText: 'It is.' });
  await answer.getByRole('button', { name: 'Said by Ben' }).press('Enter');
  await page.getByRole('menuitemradio', { name: 'Ada' }).click();
  await answer.getByRole('button', { name: 'Said by Ada' }).waitFor();
});
