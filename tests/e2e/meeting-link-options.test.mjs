// What each setting of a booking link does, set in the editor and seen on its page or in what is saved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, newPage, openApp, serverAndBrowser, shot, shows } from './browser.mjs';
import { ANA, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const step = (page, name) => page.locator('.stepper').getByRole('button', { name });
const field = (page, name) => page.getByRole('textbox', { name, exact: true });
const choice = (page, name) => page.getByRole('combobox', { name, exact: true });
const box = (page, name) => page.getByRole('checkbox', { name, exact: true });
const row = (page, name) => page.locator('.booking-link', { hasText: name });

const open = (path, email = ANA) => openApp(browser, server.base, path, email);

/** Begins a link with its two names. */
async function begin(name) {
  const page = await open('/meetings/links/new');
  await field(page, 'Internal name').fill(name);
  await field(page, 'Title').fill(name);
  return page;
}

/** Saves the link from its last step, and answers it as it was saved. */
async function finish(page, name) {
  await step(page, 'Form questions').click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await row(page, name).waitFor();
  return linkNamed(name);
}

/** Saves a link that was there before, which stays on the screen. */
async function saveAgain(page) {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
}

async function linkNamed(name, email = ANA) {
  const { items } = await (await server.api(email)).get('/v1/booking_links?mine=true&limit=200');
  return items.find((link) => link.settings.internal_name === name);
}

async function visit(url, zone = 'Europe/Paris') {
  const page = await newPage(browser, { locale: 'en-GB', timezoneId: zone });
  await page.goto(url);
  return page;
}

/** Goes from the page's calendar to the form of the first time. */
async function toForm(page) {
  await page.locator('.book-day.has').first().click();
  await page.locator('.book-times [data-time]').first().click();
  await page.getByRole('button', { name: /^Next, with/ }).click();
  await page.getByRole('heading', { name: 'Your details' }).waitFor();
}

test('there are links of 60, 30 and 15 minutes from the start, edited by pointing at them', async () => {
  const page = await open('/meetings/links', PRIYA);
  const named = (name) => page.locator('.booking-link').filter({ has: page.getByRole('link', { name, exact: true }) });
  for (const minutes of [60, 30, 15]) await named(`${minutes} min`).waitFor();
  await expectAccessible(page, 'the preset links');
  const preset = named('30 min');
  await preset.hover();
  await preset.getByRole('link', { name: 'Edit' }).click();
  await eventually(async () => (await field(page, 'Internal name').inputValue()) === '30 min', 'the editor shows the link');
  await field(page, 'Internal name').fill('Half an hour');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await eventually(() => linkNamed('Half an hour', PRIYA), 'the preset has another name');
  shows('preset links', 'sqlite', 'MEET-29', 'MEET-30', 'MEET-34');
  await page.context().close();
});

test('four steps lead to a link with an address and a type of its own', async () => {
  const page = await begin('Timber advice');
  const names = (await page.locator('.stepper button').allInnerTexts()).map((name) => name.replaceAll(/[\d\s]+/g, ' ').trim());
  assert.deepEqual(names, ['Details', 'Configuration', 'Availability', 'Form questions']);
  // The step is as tall as what it holds: the screen scrolls, not a part of it.
  assert.ok(await page.locator('.link-editor .editor-columns').evaluate((columns) => columns.scrollHeight <= columns.clientHeight));
  await field(page, 'End of the address').fill('wood-and-more');
  await page.getByText(/\/meet\/.+\/wood-and-more/).waitFor();
  await page.getByRole('button', { name: 'Add a type' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a type' });
  await dialog.getByRole('textbox', { name: 'Name of the type' }).fill('Advice');
  await dialog.getByRole('button', { name: 'Add a type' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await choice(page, 'Meeting type').selectOption({ label: 'Advice' });
  for (const name of names.slice(1)) {
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByRole('heading', { level: 2, name }).waitFor();
  }
  await page.getByRole('button', { name: 'Save changes' }).click();
  await row(page, 'Timber advice').waitFor();
  const { slug, settings } = await linkNamed('Timber advice');
  assert.match(slug, /\/wood-and-more$/);
  const types = (await (await server.api(ANA)).get('/v1/meeting_types')).items;
  assert.equal(types.find(({ id }) => id === settings.meeting_type_id).name, 'Advice');
  shows('four steps', 'sqlite', 'MEET-36', 'MEET-40', 'MEET-42', 'MEET-71');
  await page.context().close();
});

test('the photo at the top of the page is changed', async () => {
  const page = await begin('With a photo');
  const drawn = Buffer.from(
    await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [64, 64];
      canvas.getContext('2d').fillRect(0, 0, 64, 64);
      return canvas.toDataURL('image/png').split(',')[1];
    }),
    'base64',
  );
  const photo = page.getByRole('group', { name: 'Photo' });
  await photo.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: drawn });
  await photo.getByRole('button', { name: 'Remove' }).waitFor();
  const { url, settings } = await finish(page, 'With a photo');
  assert.ok(settings.photo_file_id);
  const visitor = await visit(url);
  const shown = visitor.locator('main img, header img, .book-who img').first();
  await eventually(() => shown.evaluate((image) => image.naturalWidth === 64), 'the page shows the photo');
  shows('the photo of a link', 'sqlite', 'MEET-37');
  await Promise.all([page, visitor].map((one) => one.context().close()));
});

test('reminders are switched on and off, repeat the description, and are at most three', async () => {
  const page = await begin('Reminded');
  await field(page, 'Description of the invitation').fill('Bring your measurements.');
  await step(page, 'Configuration').click();
  await page.getByRole('button', { name: 'Remove the reminder 3 days before' }).click();
  for (const [count, unit] of [['2', 'days'], ['30', 'minutes']]) {
    await page.getByRole('spinbutton', { name: 'How long before' }).fill(count);
    await choice(page, 'Unit').selectOption(unit);
    await page.getByRole('button', { name: 'Add reminder' }).click();
  }
  await page.getByText('A link has three reminders at most.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add reminder' }).count(), 0);
  await box(page, 'Repeat the description of the invitation').check();
  await page.getByRole('button', { name: 'Preview the reminder' }).click();
  const preview = page.getByRole('dialog', { name: 'Preview the reminder' });
  await preview.getByText('Bring your measurements.').waitFor();
  await preview.getByText(/^Reminder: /).waitFor();
  await expectAccessible(page, 'the preview of a reminder');
  await shot(page, 'reminder-preview');
  await page.keyboard.press('Escape');
  const made = await finish(page, 'Reminded');
  assert.deepEqual(made.settings.reminders, { is_enabled: true, includes_description: true, minutes_before: [2880, 60, 30] });
  await page.goto(`${server.base}/meetings/links/${made.id}`);
  await step(page, 'Configuration').click();
  await box(page, 'Send reminders').uncheck();
  await saveAgain(page);
  const { reminders } = (await linkNamed('Reminded')).settings;
  assert.deepEqual([reminders.is_enabled, reminders.minutes_before.length], [false, 3], 'the times are kept');
  shows('reminders of a link', 'sqlite', 'MEET-53', 'MEET-54', 'MEET-55', 'MEET-56');
  await page.context().close();
});

/** When each time that the page offers begins. */
async function starts(link) {
  const [from, until] = [0, 20].map((days) => new Date(Date.now() + days * DAY).toISOString());
  const query = new URLSearchParams({ from, until, duration_minutes: '30' });
  const reply = await fetch(`${server.base}/v1/booking_pages/${link.slug}/slots?${query}`);
  assert.ok(reply.ok, await reply.clone().text());
  return (await reply.json()).items.map(({ starts_at }) => Date.parse(starts_at));
}

test('notice, window and buffers decide what the page offers', async () => {
  const page = await begin('Well planned');
  await step(page, 'Availability').click();
  for (const day of ['Saturday', 'Sunday']) await page.getByRole('button', { name: `${day}: add hours` }).click();
  await page.getByRole('spinbutton', { name: 'Weeks from now on (1 to 52)' }).fill('1');
  await choice(page, 'Notice').selectOption({ label: '3 days' });
  await choice(page, 'Free after a meeting').selectOption({ label: '1 hour' });
  const link = await finish(page, 'Well planned');
  const { notice_minutes, rolling_weeks, buffer_after_minutes } = link.settings.availability;
  assert.deepEqual([notice_minutes, rolling_weeks, buffer_after_minutes], [4320, 1, 60]);

  const visitor = await visit(link.url);
  await visitor.locator('.book-day.has').first().waitFor();
  const days = await visitor.locator('.book-day.has').evaluateAll((all) => all.map((day) => day.getAttribute('aria-label')));
  const label = (at) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', day: 'numeric', month: 'long' }).format(at);
  for (const after of [0, 1, 2, 8, 9]) {
    const day = label(Date.now() + after * DAY);
    assert.ok(!days.some((text) => new RegExp(`\\b${day}\\b`).test(text)), `${day} in ${days}`);
  }
  await toForm(visitor);
  for (const [name, text] of [['First name', 'Ida'], ['Last name', 'Holm'], ['E-mail', 'ida@client.example']]) await field(visitor, name).fill(text);
  const before = await starts(link);
  await visitor.getByRole('button', { name: 'Book the meeting' }).click();
  await visitor.getByRole('heading', { name: 'It is booked' }).waitFor();
  const { items } = await (await server.api(ANA)).get('/v1/meetings?limit=200');
  const booked = Date.parse(items.find(({ contact_name }) => contact_name === 'Ida Holm').starts_at);
  const after = await starts(link);
  assert.ok(Math.min(...before) >= Date.now() + 3 * DAY - MINUTE);
  // An hour stays free after the meeting of half an hour; then times go on, that day or the next.
  const later = (times, from) => times.filter((at) => at >= from);
  assert.deepEqual(later(after, booked), later(before, booked + 90 * MINUTE));
  shows('notice, window and buffers', 'sqlite', 'MEET-60', 'MEET-61', 'MEET-63');
  await Promise.all([page, visitor].map((one) => one.context().close()));
});

test('contact properties become fields, which need not be filled in once Required is unticked', async () => {
  const page = await begin('Asks more');
  await step(page, 'Form questions').click();
  for (const [at, name] of ['Phone', 'Job title'].entries()) {
    await page.getByRole('button', { name: 'Add a contact property' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
    await page.locator('.question').nth(at).waitFor();
  }
  await page.locator('.question').nth(0).getByRole('checkbox', { name: 'Required' }).uncheck();
  const { url } = await finish(page, 'Asks more');
  const visitor = await visit(url);
  await toForm(visitor);
  for (const [name, text] of [['First name', 'Ola'], ['Last name', 'Berg'], ['E-mail', 'ola@client.example']]) await field(visitor, name).fill(text);
  await visitor.getByRole('button', { name: 'Book the meeting' }).click();
  await visitor.getByRole('alert').filter({ hasText: 'Look at the marked fields.' }).waitFor();
  assert.equal(await visitor.locator('[aria-invalid]:visible').count(), 1, 'only the job title must be');
  await field(visitor, 'Job title').fill('Joiner');
  await visitor.getByRole('button', { name: 'Book the meeting' }).click();
  await visitor.getByRole('heading', { name: 'It is booked' }).waitFor();
  const { items } = await (await server.api(ANA)).get('/v1/contacts?q=ola%40client.example');
  assert.equal(items[0].job_title, 'Joiner');
  shows('contact properties as fields', 'sqlite', 'MEET-68', 'MEET-70');
  await Promise.all([page, visitor].map((one) => one.context().close()));
});

test('consent is customised for one link, and counts once the link is saved', async () => {
  const api = await server.api(ANA);
  const news = await api.post('/v1/subscription_types', { name: 'Workshop news', description: '' });
  const page = await begin('Private matters');
  const { id, url } = await finish(page, 'Private matters');
  await page.goto(`${server.base}/meetings/links/${id}`);
  await step(page, 'Form questions').click();
  await box(page, 'Collect consent').check();
  await box(page, 'Customise for this link').check();
  await choice(page, 'What is collected').selectOption({ label: 'Legitimate interest' });
  await choice(page, 'Legal basis').selectOption({ label: 'Legitimate interest: existing customer' });
  await box(page, 'Workshop news').check();
  await field(page, 'Text for visitors').fill('We use this for your order.');
  await field(page, 'Privacy policy').fill('Nothing leaves our workshop.');
  const preview = page.locator('.link-preview');
  await preview.getByText('We use this for your order.').waitFor();
  await preview.getByText('Nothing leaves our workshop.').waitFor();
  await expectAccessible(page, 'the consent of a link');
  await shot(page, 'link-consent');

  const early = await visit(url);
  await toForm(early);
  assert.equal(await early.getByText('We use this for your order.').count(), 0, 'nothing counts before it is saved');
  await early.context().close();
  await saveAgain(page);
  const { consent } = (await linkNamed('Private matters')).settings;
  assert.deepEqual([consent.kind, consent.basis], ['legitimate_interest', 'legitimate_interest_customer']);
  assert.ok(consent.subscription_type_ids.includes(news.id) && consent.subscription_type_ids.length === 2);

  const visitor = await visit(url);
  await toForm(visitor);
  await visitor.getByText('We use this for your order.').first().waitFor();
  await visitor.getByText('Nothing leaves our workshop.').first().waitFor();
  assert.equal(await visitor.locator('.book-consent input:visible').count(), 0, 'there is no box to tick');
  for (const [name, text] of [['First name', 'Eli'], ['Last name', 'Nord'], ['E-mail', 'eli@client.example']]) await field(visitor, name).fill(text);
  await visitor.getByRole('button', { name: 'Book the meeting' }).click();
  await visitor.getByRole('heading', { name: 'It is booked' }).waitFor();
  const [contact] = (await api.get('/v1/contacts?q=eli%40client.example')).items;
  await page.goto(`${server.base}/contacts/${contact.id}`);
  for (const name of ['One to one', 'Workshop news']) await page.locator('ul.consents > li', { hasText: name }).getByText('Given').waitFor();
  shows('consent of one link', 'sqlite', 'MEET-77', 'MEET-79', 'MEET-80', 'MEET-81', 'MEET-82');
  shows('consent counts when saved', 'sqlite', 'MEET-83', 'MEET-84');
  await Promise.all([page, visitor].map((one) => one.context().close()));
});
