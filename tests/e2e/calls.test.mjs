// Calls: their list, uploads, the search of what was said, the library of clips, and their settings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, openApp, serverAndBrowser, shot, shows } from './browser.mjs';
import { recordedCall, wav, wavFile } from './recordings.mjs';
import { ANA, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const rows = (page) => page.getByRole('listitem').filter({ has: page.locator('.record-row') });
const row = (page, title) => rows(page).filter({ hasText: title });
const line = (page, title) => page.locator('.upload-panel li').filter({ hasText: title });

const VTT = `WEBVTT

00:00:01.000 --> 00:00:03.000
<v Nadia>Good morning, I want a refund for the walnut desk.

00:00:03.500 --> 00:00:05.000
<v Ana>Of course, we refund it today.
`;

const open = (path, { email = ANA, ...options } = {}) => openApp(browser, server.base, path, email, options);

/** Chooses files in the dialog of uploads, and answers the dialog. */
async function choose(page, files) {
  await page.getByRole('button', { name: 'Upload recordings' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Upload recordings' });
  await dialog.locator('input[type=file]').setInputFiles(files);
  return dialog;
}

test('several recordings are uploaded while the user goes elsewhere', async () => {
  const api = await server.api(ANA);
  const contact = await api.post('/v1/contacts', { name: 'Nadia Walnut', email: 'nadia@walnut.example' });
  const page = await open('/calls');
  const dialog = await choose(page, [
    wavFile('Walnut_one.wav', 3, 1),
    wavFile('Walnut two.wav', 3, 2),
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no sound') },
    { name: 'empty.wav', mimeType: 'audio/wav', buffer: Buffer.alloc(0) },
  ]);
  await dialog.getByText('notes.txt, empty.wav').waitFor();
  assert.equal(await dialog.getByLabel('Title').first().inputValue(), 'Walnut one');
  await dialog.getByLabel('Began').first().fill('2026-03-02T09:30');
  await dialog.getByLabel('Direction').selectOption({ label: 'Outgoing' });
  await dialog.getByRole('combobox', { name: 'Contact' }).fill('nadia w');
  await dialog.getByRole('option', { name: 'Nadia Walnut' }).click();
  await expectAccessible(page, 'the dialog of uploads');
  await shot(page, 'upload-dialog');
  await dialog.getByRole('button', { name: 'Upload 2 recordings' }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.waitForURL('**/contacts');
  await line(page, 'Walnut two').getByRole('link', { name: 'Open call' }).waitFor();
  await shot(page, 'uploads');
  await expectAccessible(page, 'uploads beside the contacts');

  const calls = (await api.get('/v1/calls?q=walnut')).items;
  assert.deepEqual(calls.map(({ title }) => title).sort(), ['Walnut one', 'Walnut two']);
  const first = calls.find(({ title }) => title === 'Walnut one');
  assert.deepEqual([first.direction, first.source, first.owner_id], ['outbound', 'upload', api.me.user.id]);
  assert.ok(first.participants.some(({ contact_id }) => contact_id === contact.id));

  await page.goto(`${server.base}/calls`);
  await row(page, 'Walnut one').getByText('Nadia Walnut').waitFor();
  await eventually(async () => /0:03/.test(await row(page, 'Walnut one').innerText()), 'the length has come');
  shows('uploads', 'sqlite', 'CALL-06', 'CALL-11', 'CALL-79');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the same file is not a recording twice', async () => {
  const api = await server.api(ANA);
  // Who may not delete calls leaves none behind either.
  const page = await open('/calls', { email: PRIYA });
  await (await choose(page, [wavFile('Oak.wav', 2, 11)])).getByRole('button', { name: 'Upload', exact: true }).click();
  await line(page, 'Oak').getByRole('link', { name: 'Open call' }).waitFor();
  const { id } = (await api.get('/v1/calls?q=oak')).items[0];
  await (await choose(page, [wavFile('Renamed.wav', 2, 11)])).getByRole('button', { name: 'Upload', exact: true }).click();
  await line(page, 'Renamed').getByText('the recording of this call already').waitFor();
  assert.equal(await line(page, 'Renamed').getByRole('link', { name: 'Open call' }).getAttribute('href'), `/calls/${id}`);

  // A file that came in another way is recognised as well, and leaves no call without a recording behind.
  const other = await recordedCall(api, { title: 'Reported by a program' }, wav(2, 12));
  await (await choose(page, [wavFile('Program.wav', 2, 12)])).getByRole('button', { name: 'Upload', exact: true }).click();
  await line(page, 'Program').getByRole('link', { name: 'Open call' }).waitFor();
  assert.equal(await line(page, 'Program').getByRole('link', { name: 'Open call' }).getAttribute('href'), `/calls/${other.id}`);
  await eventually(async () => (await api.get('/v1/calls?q=program')).items.length === 1, 'one call of that name is there');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an upload survives a broken network, a pause and a closed page', async () => {
  const page = await open('/calls', { email: PRIYA });
  const sent = [];
  let broken = true;
  await page.route('**/recording/parts/*', (route) => {
    const number = Number(route.request().url().split('/').at(-1));
    if (number > 1 && broken) return route.abort();
    sent.push(number);
    return route.continue();
  });
  // Three parts of 4 MiB at most.
  const file = wavFile('Long.wav', 300, 21);
  await (await choose(page, [file])).getByRole('button', { name: 'Upload', exact: true }).click();
  await line(page, 'Long').getByText('The server cannot be reached').waitFor();
  await page.getByRole('button', { name: 'Pause Long' }).click();
  await line(page, 'Long').getByText('Paused').waitFor();
  assert.deepEqual(sent, [1]);

  page.once('dialog', (dialog) => dialog.accept());
  await page.reload();
  await line(page, 'Long').getByText('Choose Long.wav again').waitFor();
  broken = false;
  const input = line(page, 'Long').locator('input[type=file]');
  await input.setInputFiles([wavFile('Long.wav', 1, 21)]);
  await page.getByText('That is another file').waitFor();
  await input.setInputFiles([file]);
  await line(page, 'Long').getByRole('link', { name: 'Open call' }).waitFor();
  assert.deepEqual(sent.toSorted(), [1, 2, 3], 'no part is sent twice');
  await line(page, 'Long').getByRole('button', { name: 'Dismiss' }).click();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
  assert.equal(await page.locator('.upload-panel').count(), 0, 'what is done is forgotten');

  broken = true;
  const wrong = wavFile('Wrong.wav', 300, 22);
  await (await choose(page, [wrong])).getByRole('button', { name: 'Upload', exact: true }).click();
  await line(page, 'Wrong').getByText('The server cannot be reached').waitFor();
  const api = await server.api(PRIYA);
  assert.equal((await api.get('/v1/calls?q=wrong')).items.length, 1);
  await page.getByRole('button', { name: 'Cancel Wrong' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel upload' }).click();
  await eventually(async () => (await api.get('/v1/calls?q=wrong')).items.length === 0, 'the call goes with its upload');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the list of calls is searched, filtered, sorted, and keeps its columns and views', async () => {
  const api = await server.api(ANA);
  await recordedCall(api, { title: 'Ash short', outcome: 'connected' }, wav(2, 31));
  await recordedCall(api, { title: 'Ash long', direction: 'outbound', started_at: '2026-03-04T09:30:00Z' }, wav(70, 32));
  const page = await open('/calls');
  await page.getByRole('searchbox', { name: 'Search by title' }).fill('ash');
  await eventually(async () => (await rows(page).count()) === 2, 'two calls have such a title');
  assert.match(await rows(page).nth(0).innerText(), /Ash long/);
  await page.getByRole('button', { name: 'Length' }).click();
  await eventually(async () => /Ash short/.test(await rows(page).nth(0).innerText()), 'the shortest is first');

  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('At least (minutes)').fill('1');
  await page.getByLabel('At least (minutes)').press('Enter');
  await eventually(async () => (await rows(page).count()) === 1, 'one takes a minute');
  await page.getByLabel('At least (minutes)').fill('');
  await page.getByLabel('At least (minutes)').press('Enter');
  await page.getByLabel('Until').fill('2026-03-03');
  await eventually(async () => /Ash short/.test(await rows(page).first().innerText()), 'one began before');
  await page.getByLabel('Until').fill('');
  await page.getByLabel('Direction').selectOption({ label: 'Outgoing' });
  await eventually(async () => /Ash long/.test(await rows(page).first().innerText()), 'one went out');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Filters (1)' }).waitFor();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Columns' }).click();
  const columns = page.getByRole('dialog', { name: 'Columns' });
  await columns.getByRole('checkbox', { name: 'Direction' }).check();
  await columns.getByRole('button', { name: 'Save' }).click();
  await page.locator('.record-headings').getByText('Direction').waitFor();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
  await dialog.getByLabel('Name').fill('Outgoing ash');
  await dialog.getByRole('checkbox', { name: 'Everybody can use this view' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Outgoing ash' }).waitFor();
  await expectAccessible(page, 'the list of calls');
  await shot(page, 'calls');

  const other = await open('/calls', { email: PRIYA });
  await other.getByRole('button', { name: 'All', exact: true }).click();
  await other.getByRole('menuitemradio', { name: /Outgoing ash/ }).click();
  await eventually(async () => /Ash long/.test(await rows(other).first().innerText()), 'the view filters');
  assert.equal(await other.getByLabel('Order').inputValue(), 'duration_ms');
  await other.locator('.record-headings').getByText('Direction').waitFor();
  shows('the list of calls', 'sqlite', 'CALL-11', 'CALL-80', 'CALL-83');
  assert.deepEqual([...page.complaints, ...other.complaints], []);
  await page.context().close();
  await other.context().close();
});

test('calls are chosen by keyboard and deleted together', async () => {
  const api = await server.api(ANA);
  for (const seed of [41, 42, 43]) await recordedCall(api, { title: `Elm ${seed}` }, wav(1, seed));
  const page = await open('/calls');
  await page.getByRole('searchbox', { name: 'Search by title' }).fill('elm');
  await eventually(async () => (await rows(page).count()) === 3, 'three calls');
  await rows(page).nth(0).getByRole('link').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('2 selected').waitFor();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete the selected calls (2)?' });
  await expectAccessible(page, 'the question before calls are deleted');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await eventually(async () => (await rows(page).count()) === 1, 'one call is left');
  await eventually(async () => (await api.get('/v1/calls?q=elm')).items.length === 1, 'at the server too');

  // Who may not delete calls is not offered to choose any.
  const priya = await server.api(PRIYA);
  assert.ok(!priya.me.permissions.includes('delete_calls'));
  const other = await open('/calls', { email: PRIYA });
  await rows(other).first().waitFor();
  assert.equal(await other.getByRole('checkbox').count(), 0);
  shows('calls are deleted', 'sqlite', 'CALL-68');
  assert.deepEqual([...page.complaints, ...other.complaints], []);
  await page.context().close();
  await other.context().close();
});

test('a list of calls follows what others do', async () => {
  const api = await server.api(ANA);
  const page = await open('/calls');
  await rows(page).first().waitFor();
  const call = await api.post('/v1/calls', { title: 'Pine, just now', direction: 'inbound', started_at: new Date().toISOString() });
  await eventually(async () => /Pine, just now/.test(await rows(page).nth(0).innerText()), 'the call has come');
  await api.put(`/v1/calls/${call.id}`, { title: 'Pine, renamed', direction: 'inbound', started_at: call.started_at });
  await row(page, 'Pine, renamed').waitFor();
  await api.delete(`/v1/calls/${call.id}`);
  await page.getByText('Pine, renamed').waitFor({ state: 'detached' });
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('what was said is found in all calls, and leads to the moment', async () => {
  const api = await server.api(ANA);
  const call = await recordedCall(api, { title: 'The walnut desk' }, wav(6, 51));
  await api.put(`/v1/calls/${call.id}/transcript`, { content: VTT });
  const page = await open('/calls');
  await page.getByRole('link', { name: 'Transcripts' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('"walnut desk"');
  const passage = page.locator('.passage').filter({ hasText: 'The walnut desk' });
  await passage.getByText('walnut desk', { exact: false }).first().waitFor();
  assert.match(await passage.innerText(), /Nadia: Good morning, I want a refund for the walnut desk/);
  assert.ok((await passage.locator('mark').count()) > 0, 'what was found is marked');
  assert.match(await passage.getAttribute('href'), new RegExp(`^/calls/${call.id}\\?t=1$`));
  await expectAccessible(page, 'the search of transcripts');
  await shot(page, 'transcripts');
  await page.reload();
  await passage.waitFor();
  await page.getByRole('searchbox', { name: 'Search what was said' }).fill('zzz');
  await page.getByRole('heading', { name: 'Nobody said that' }).waitFor();
  shows('search in all transcripts', 'sqlite', 'CALL-56', 'CALL-83');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('tracked terms are kept, counted and lead to their calls', async () => {
  const api = await server.api(ANA);
  const call = await recordedCall(api, { title: 'A refund', started_at: new Date().toISOString() }, wav(6, 61));
  await api.put(`/v1/calls/${call.id}/transcript`, { content: VTT });
  const page = await open('/settings/tracked-terms');
  await page.getByRole('button', { name: 'Track a term' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Track a term' });
  await dialog.getByLabel('Term').fill('reimbursement');
  await dialog.getByLabel('Variants').fill('refund\n\n  money back ');
  await dialog.getByRole('button', { name: 'Track a term' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('cell', { name: 'refund, money back' }).waitFor();
  const { items } = await api.get('/v1/tracked_terms');
  const term = items.find(({ name }) => name === 'reimbursement');
  await eventually(async () => (await api.get(`/v1/calls/${call.id}/terms`)).items.length > 0, 'the term is found');
  await page.reload();
  await page.getByRole('img', { name: /^reimbursement: [1-9]\d* × in 13 weeks/ }).waitFor();
  await expectAccessible(page, 'tracked terms');
  await page.getByRole('link', { name: 'reimbursement' }).click();
  await page.waitForURL(`**/calls?term_id=${term.id}`);
  await row(page, 'A refund').getByRole('link').first().click();
  await page.getByRole('tab', { name: 'Tracked terms' }).click();
  const said = page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: 'reimbursement' });
  await said.getByText('2', { exact: true }).waitFor();
  await said.getByRole('button', { name: 'Go to 0:03' }).click();
  await expectAccessible(page, 'the tracked terms of a call');
  await page.getByRole('link', { name: 'Edit tracked terms' }).click();
  await page.waitForURL('**/settings/tracked-terms');
  await page.getByRole('button', { name: 'Delete reimbursement' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop tracking' }).click();
  await page.getByRole('link', { name: 'reimbursement' }).waitFor({ state: 'detached' });

  // Others may look at them, and change nothing.
  const other = await open('/settings/tracked-terms', { email: PRIYA });
  await other.getByRole('heading', { level: 1, name: 'Tracked terms' }).waitFor();
  assert.equal(await other.getByRole('button', { name: 'Track a term' }).count(), 0);
  shows('tracked terms', 'sqlite', 'CALL-49', 'CALL-50', 'CALL-51', 'CALL-52');
  assert.deepEqual([...page.complaints, ...other.complaints], []);
  await page.context().close();
  await other.context().close();
});

test('recording and transcripts are set up for the company', async () => {
  const api = await server.api(ANA);
  const page = await open('/settings/calls');
  await page.getByText('everybody on a call has to be told').waitFor();
  await page.getByRole('checkbox', { name: 'We have checked the law on recording calls' }).check();
  assert.ok(await page.getByRole('checkbox', { name: 'Take recordings in' }).isChecked(), 'on by default');
  await page.getByRole('checkbox', { name: 'Take recordings in' }).uncheck();
  await page.getByRole('checkbox', { name: 'Transcribe calls' }).uncheck();
  await page.getByLabel('Language of calls').selectOption({ label: 'French' });
  await page.getByRole('checkbox', { name: 'Ask how helpful transcripts are' }).check();
  await page.getByLabel('Delete calls after (days)').fill('0');
  await page.getByRole('button', { name: 'Save' }).click();
  const field = page.locator('.field').filter({ hasText: 'Delete calls after' });
  await eventually(async () => (await field.locator('.error').innerText()) !== '', 'the field says what is wrong');
  await page.getByLabel('Delete calls after (days)').fill('3650');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  const saved = await api.get('/v1/settings/calls');
  const { languages: _, ...chosen } = saved;
  assert.deepEqual(chosen, {
    recording: false, intelligence: false, law_checked: true, language: 'fr', transcript_votes: true, retention_days: 3650,
  });
  await page.getByText(`Languages that can be transcribed: ${saved.languages.length}`).click();
  await page.getByText(/English, .*French/).waitFor();
  await expectAccessible(page, 'settings of recording');
  await api.put('/v1/settings/calls', { recording: true, intelligence: true, transcript_votes: false, law_checked: true });
  shows('settings of calls', 'sqlite', 'CALL-07', 'CALL-08', 'CALL-09', 'CALL-54', 'CALL-55');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a telephony account is added with the address that its provider is given', async () => {
  const page = await open('/settings/telephony');
  await page.getByRole('button', { name: 'Add an account' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add an account' });
  await dialog.getByLabel('Name').fill('Switchboard');
  await dialog.getByLabel('Account SID').fill('AC0123456789abcdef0123456789abcdef');
  await dialog.getByRole('textbox', { name: 'Auth token' }).fill('a-secret-of-the-provider');
  await dialog.getByRole('button', { name: 'Add an account' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const address = page.getByRole('textbox', { name: 'Recording status callback' });
  assert.match(await address.inputValue(), /\/v1\/telephony\/\d+\/recordings$/);
  await expectAccessible(page, 'telephony accounts');
  await page.getByRole('button', { name: 'Edit Switchboard' }).click();
  const edit = page.getByRole('dialog', { name: 'Change Switchboard' });
  assert.equal(await edit.getByRole('textbox', { name: 'Auth token' }).inputValue(), '', 'the secret is never shown');
  await edit.getByLabel('Name').fill('Front desk');
  await edit.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: /^Front desk/ }).waitFor();
  await page.getByRole('button', { name: 'Delete Front desk' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete account' }).click();
  await page.getByText('No accounts yet').waitFor();
  shows('telephony accounts', 'sqlite', 'CALL-06');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('clips stand in a library with folders, links and what became of them', async () => {
  const api = await server.api(ANA);
  const priya = await server.api(PRIYA);
  const call = await recordedCall(api, { title: 'The maple bench' }, wav(10, 71));
  const clip = await api.post(`/v1/calls/${call.id}/clips`, {
    from_ms: 2000, until_ms: 6000, title: 'What she wants', message: 'Listen to this', recipient_ids: [priya.me.user.id],
  });
  await api.post(`/v1/clips/${clip.id}/links`, { password: 'between-us-two' });
  const page = await open('/calls');
  await page.getByRole('link', { name: 'Clips', exact: true }).click();
  const shown = page.locator('.clip-line').filter({ hasText: 'What she wants' });
  await shown.getByText('0:02 – 0:06').waitFor();
  assert.match(await shown.innerText(), /Listen to this[\s\S]*Sent to Priya[\s\S]*Opened: 0/);
  assert.equal(await shown.getByRole('link', { name: 'What she wants' }).getAttribute('href'), `/calls/${call.id}?clip=${clip.id}`);
  await expectAccessible(page, 'the library of clips');
  await shot(page, 'clips');

  await page.getByRole('button', { name: 'Create a folder' }).click();
  const folder = page.getByRole('dialog', { name: 'Create a folder' });
  await folder.getByLabel('Name').fill('Onboarding');
  await folder.getByRole('button', { name: 'Create a folder' }).click();
  await page.getByRole('link', { name: /^Onboarding/ }).waitFor();
  await page.getByRole('button', { name: 'Actions on What she wants' }).click();
  await page.getByRole('menuitem', { name: 'Change clip' }).click();
  const edit = page.getByRole('dialog', { name: 'Change clip' });
  await edit.getByLabel('Folder').selectOption({ label: 'Onboarding' });
  await edit.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: /^Onboarding/ }).click();
  await shown.waitFor();

  await shown.getByRole('button', { name: 'Revoke link' }).click();
  await shown.getByText('Link revoked').waitFor();
  await page.getByRole('button', { name: 'Actions on Onboarding' }).click();
  await page.getByRole('menuitem', { name: 'Delete folder' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete folder' }).click();
  await page.waitForURL('**/clips');
  await shown.waitFor();

  const other = await open('/clips', { email: PRIYA });
  await other.getByLabel('Whose clips').selectOption({ label: 'Made by me' });
  await other.getByRole('heading', { name: 'No clips here' }).waitFor();
  await other.getByLabel('Whose clips').selectOption({ label: 'Sent to me' });
  await other.locator('.clip-line').filter({ hasText: 'What she wants' }).waitFor();

  await page.getByRole('button', { name: 'Actions on What she wants' }).click();
  await page.getByRole('menuitem', { name: 'Delete clip' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete clip' }).click();
  await shown.waitFor({ state: 'detached' });
  await other.locator('.clip-line').filter({ hasText: 'What she wants' }).waitFor({ state: 'detached' });
  assert.deepEqual([...page.complaints, ...other.complaints], []);
  await page.context().close();
  await other.context().close();
});

test('calls are cards on a telephone, and speak French in the dark', async () => {
  const page = await open('/calls', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await rows(page).first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await shot(page, 'calls-phone');
  await expectAccessible(page, 'calls on a telephone');
  await page.getByRole('button', { name: 'Upload recordings' }).first().click();
  await expectAccessible(page, 'the dialog of uploads on a telephone');
  shows('calls on a telephone', 'sqlite', 'CALL-05', 'SYS-31');
  await page.context().close();

  const api = await server.api(PRIYA);
  await api.patch('/v1/me', { preferences: { locale: 'fr', theme: 'dark' } });
  const french = await open('/calls', { email: PRIYA, locale: 'fr' });
  await french.getByRole('heading', { level: 1, name: 'Appels' }).waitFor();
  await french.getByRole('link', { name: 'Transcriptions' }).click();
  await french.getByRole('searchbox', { name: 'Rechercher dans ce qui a été dit' }).waitFor();
  await expectAccessible(french, 'the search in French');
  await french.context().close();
});
