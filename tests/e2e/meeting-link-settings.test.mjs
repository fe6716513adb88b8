// What is set in the editor of a booking link, and what visitors see of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { ANA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const api = await server.api(ANA);
const step = (page, name) => page.locator('.stepper').getByRole('button', { name });
const row = (page, name) => page.locator('.booking-link').filter({ has: page.getByRole('link', { name, exact: true }) });

async function open(path) {
  const page = await newPage(browser);
  await page.addInitScript(() => localStorage.setItem('rapport.notifications_asked', '1'));
  await signIn(page, server.base, ANA);
  await page.goto(server.base + path);
  return page;
}

async function linkNamed(name) {
  const { items } = await api.get('/v1/booking_links?mine=true&limit=200');
  return items.find((link) => link.settings.internal_name === name);
}

/** Begins a new link, with a name and with times on every day of the week. */
async function begin(name) {
  const page = await open('/meetings/links/new');
  await page.getByLabel('Internal name').fill(name);
  await page.getByLabel('Title', { exact: true }).fill(name);
  await step(page, 'Availability').click();
  await page.getByRole('button', { name: 'Copy the hours of Monday to other days' }).click();
  for (const day of ['Saturday', 'Sunday']) await page.getByRole('checkbox', { name: day }).check();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  return page;
}

/** Saves at the end of the steps, and answers the link. */
async function save(page, name) {
  await step(page, 'Form questions').click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await row(page, name).waitFor();
  return linkNamed(name);
}

async function visit(link, options = {}) {
  const page = await newPage(browser, { locale: 'en-GB', timezoneId: 'Europe/Paris', ...options });
  await page.goto(`${server.base}/meet/${link.slug}`);
  return page;
}

/** Chooses the first time of a day, and goes on to the form. */
async function choose(page, day = 3) {
  await page.locator('.book-day.has').nth(day).click();
  await page.locator('.book-times [data-time]').first().click();
  await page.getByRole('button', { name: /^Next, with/ }).click();
  await page.getByRole('heading', { name: 'Your details' }).waitFor();
}

/** The times that a page offers from an instant on, in milliseconds. */
async function offered(link, from, days) {
  const until = from + days * 86_400_000;
  const stretch = `from=${new Date(from).toISOString()}&until=${new Date(until).toISOString()}`;
  const reply = await fetch(`${server.base}/v1/booking_pages/${link.slug}/slots?duration_minutes=30&${stretch}`);
  return (await reply.json()).items.map((slot) => new Date(slot.starts_at).getTime());
}

async function fill(page, email) {
  await page.getByRole('textbox', { name: 'First name' }).fill('Zoë');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Roux');
  await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill(email);
}

async function book(page) {
  await page.getByRole('button', { name: 'Book the meeting' }).click();
  await page.getByRole('heading', { name: 'It is booked' }).waitFor();
}

test('everybody begins with links of 60, 30 and 15 minutes, which are edited from the list', async () => {
  const page = await open('/meetings/links');
  for (const name of ['60 min', '30 min', '15 min']) await row(page, name).waitFor();
  await row(page, '30 min').hover();
  await row(page, '30 min').getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Title', { exact: true }).fill('Half an hour with Ana');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  const guest = await visit(await linkNamed('30 min'));
  await guest.getByRole('heading', { level: 1, name: 'Half an hour with Ana' }).waitFor();
  shows('links that everybody begins with', server.engine, 'MEET-29', 'MEET-30', 'MEET-34');
  await page.context().close();
  await guest.context().close();
});

test('four steps, an address and a kind of one’s own, and the last button ends it', async () => {
  const page = await open('/meetings/links/new');
  const steps = page.locator('.stepper').getByRole('button');
  const names = await eventually(async () => ((await steps.count()) === 4 ? steps.allInnerTexts() : undefined), 'four steps');
  assert.deepEqual(names.map((text) => text.replaceAll(/\s+/g, ' ').replace(/^\d /, '')), ['Details', 'Configuration', 'Availability', 'Form questions']);
  await page.getByLabel('Internal name').fill('Corner table');
  await page.getByLabel('Title', { exact: true }).fill('A table for a corner');
  await page.getByLabel('End of the address').fill('30 min');
  await page.getByRole('button', { name: 'Add a type' }).click();
  await page.getByRole('dialog').getByLabel('Name of the type').fill('Measuring');
  await page.getByRole('dialog').getByRole('button', { name: 'Add a type' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await eventually(async () => (await page.getByLabel('Meeting type').locator('option:checked').innerText()) === 'Measuring', 'the type is chosen');
  await step(page, 'Form questions').click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  // The address is refused where it was typed, and nothing else is lost.
  await page.getByRole('heading', { level: 2, name: 'Details' }).waitFor();
  await page.getByLabel('End of the address').fill('corner-table');
  assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'A table for a corner');
  const link = await save(page, 'Corner table');
  assert.match(link.slug, /\/corner-table$/);
  const { items: types } = await api.get('/v1/meeting_types');
  assert.equal(link.settings.meeting_type_id, types.find(({ name }) => name === 'Measuring').id);
  shows('a link in four steps', server.engine, 'MEET-36', 'MEET-40', 'MEET-42', 'MEET-71');
  await page.context().close();
});

test('notice, buffer and window decide which times are offered', async () => {
  const page = await begin('Narrow');
  await page.getByLabel('Weeks from now on (1 to 52)').fill('1');
  await page.getByLabel('Notice').selectOption({ label: '2 days' });
  await page.getByLabel('Free after a meeting').selectOption({ label: '30 minutes' });
  const link = await save(page, 'Narrow');
  const { notice_minutes, buffer_after_minutes, rolling_weeks } = link.settings.availability;
  assert.deepEqual([notice_minutes, buffer_after_minutes, rolling_weeks], [2880, 30, 1]);
  const DAY = 86_400_000;
  const all = await offered(link, Date.now(), 30);
  assert.ok(all[0] - Date.now() >= 2 * DAY - 60_000, 'no sooner than in two days');
  assert.ok(all.at(-1) - Date.now() <= 8 * DAY, 'no later than in a week');
  const guest = await visit(link);
  const days = guest.locator('.book-day.has');
  await days.first().waitFor();
  const dates = new Set(all.map((time) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(time)));
  let seen = await days.count();
  await guest.getByRole('button', { name: 'Next month' }).click();
  await eventually(async () => (await guest.locator('.book-grid[aria-busy=true]').count()) === 0, 'the next month is there');
  seen += await days.count();
  assert.equal(seen, dates.size, 'the page offers those days');

  const other = await visit(link);
  await choose(other, 0);
  await fill(other, 'zoe@narrow.example');
  await book(other);
  const half = 1_800_000;
  const left = (await offered(link, all[0], 1)).slice(0, 2).map((time) => (time - all[0]) / half);
  assert.deepEqual(left, [2, 3], 'half an hour after the meeting stays free');
  shows('notice, buffer and window', server.engine, 'MEET-60', 'MEET-61', 'MEET-63');
  for (const one of [page, guest, other]) await one.context().close();
});

test('up to three reminders, with the description or without, and how they read', async () => {
  const page = await begin('Reminded');
  await step(page, 'Details').click();
  await page.getByLabel('Description of the invitation').fill('Bring your plans.');
  await step(page, 'Configuration').click();
  const reminds = page.getByRole('checkbox', { name: 'Send reminders' });
  await reminds.uncheck();
  await page.getByRole('button', { name: 'Add reminder' }).waitFor({ state: 'hidden' });
  await reminds.check();
  await page.getByLabel('How long before').fill('2');
  await page.getByLabel('Unit').selectOption('hours');
  await page.getByRole('button', { name: 'Add reminder' }).click();
  await page.getByText('A link has three reminders at most.').waitFor();
  await page.getByRole('button', { name: 'Remove the reminder 3 days before' }).click();
  await page.getByRole('checkbox', { name: 'Repeat the description of the invitation' }).check();
  await page.getByRole('button', { name: 'Preview the reminder' }).click();
  const preview = page.getByRole('dialog');
  await preview.getByText('This is a reminder of your meeting with').waitFor();
  await preview.getByText('Bring your plans.').waitFor();
  await expectAccessible(page, 'the preview of a reminder');
  await shot(page, 'meeting-link-reminder');
  await page.keyboard.press('Escape');
  const { settings } = await save(page, 'Reminded');
  assert.deepEqual(settings.reminders, { is_enabled: true, includes_description: true, minutes_before: [120, 60] });
  shows('reminders', server.engine, 'MEET-53', 'MEET-54', 'MEET-55', 'MEET-56');
  await page.context().close();
});

test('a question need not be answered once Required is unticked', async () => {
  const page = await begin('Asking');
  await step(page, 'Form questions').click();
  await page.getByRole('button', { name: 'Add a contact property' }).click();
  await page.getByRole('menuitem', { name: 'Phone' }).click();
  await page.getByRole('button', { name: 'Add a contact property' }).click();
  await page.getByRole('menuitem', { name: 'Job title' }).click();
  await page.locator('.question').first().getByLabel('Required').uncheck();
  const link = await save(page, 'Asking');
  const guest = await visit(link);
  await choose(guest);
  await fill(guest, 'zoe@asking.example');
  await guest.getByRole('button', { name: 'Book the meeting' }).click();
  assert.equal(await guest.locator('[aria-invalid]:visible').count(), 1, 'the job title alone is missing');
  await guest.getByRole('textbox', { name: 'Job title' }).fill('Architect');
  await book(guest);
  const { items } = await api.get('/v1/contacts?q=zoe@asking.example');
  assert.equal((await api.get(`/v1/contacts/${items[0].id}`)).job_title, 'Architect');
  shows('a question that need not be answered', server.engine, 'MEET-68', 'MEET-70');
  await page.context().close();
  await guest.context().close();
});

test('one of several hosts is given the meeting, and it says why', async () => {
  const page = await begin('Shared');
  await step(page, 'Details').click();
  await page.getByLabel('Kind of link').selectOption({ label: 'Round robin' });
  await page.getByLabel('Add a host').fill('Priya');
  await page.getByRole('option', { name: /Priya/ }).click();
  await page.getByRole('spinbutton', { name: /Weight of Priya/ }).fill('3');
  await page.getByRole('spinbutton', { name: /Weight of Priya/ }).press('Tab');
  const link = await save(page, 'Shared');
  assert.deepEqual(link.hosts.map(({ weight }) => weight), [1, 3]);
  const guest = await visit(link);
  await choose(guest);
  await fill(guest, 'zoe@shared.example');
  await book(guest);
  await guest.getByText('With Priya Raman').waitFor();
  const { items } = await api.get('/v1/meetings?limit=100');
  const meeting = items.find(({ contact_email }) => contact_email === 'zoe@shared.example');
  await page.goto(`${server.base}/meetings/${meeting.id}`);
  await page.getByRole('heading', { name: 'Why this host' }).waitFor();
  await expectAccessible(page, 'a meeting of round robin');
  await shot(page, 'meeting-round-robin');
  shows('round robin', server.engine, 'MEET-58');
  await page.context().close();
  await guest.context().close();
});

test('consent is customised for a link, counts once it is saved, and is kept while it is off', async () => {
  const page = await begin('Consented');
  await step(page, 'Form questions').click();
  await page.getByRole('checkbox', { name: 'Collect consent' }).check();
  await page.getByRole('checkbox', { name: 'Customise for this link' }).check();
  await page.getByLabel('Text for visitors').fill('We keep your answers for a year.');
  const link = await save(page, 'Consented');
  const guest = await visit(link);
  await choose(guest);
  await guest.getByText('We keep your answers for a year.').filter({ visible: true }).waitFor();
  await expectAccessible(guest, 'a form that asks for consent');

  await page.goto(`${server.base}/meetings/links/${link.id}`);
  await step(page, 'Form questions').click();
  await page.getByLabel('What is collected').selectOption({ label: 'Legitimate interest' });
  await page.getByLabel('Legal basis').selectOption({ label: 'Legitimate interest: existing customer' });
  await page.getByLabel('Text for visitors').fill('We write to you about the table.');
  await page.getByLabel('Privacy policy').fill('We sell nothing to nobody.');
  const before = await visit(link);
  await choose(before, 4);
  await before.getByText('We keep your answers for a year.').filter({ visible: true }).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  const after = await visit(link);
  await choose(after, 5);
  await after.getByText('We write to you about the table.').filter({ visible: true }).waitFor();
  await after.getByText('We sell nothing to nobody.').filter({ visible: true }).waitFor();
  await fill(after, 'zoe@consented.example');
  await book(after);
  const { items } = await api.get('/v1/contacts?q=zoe@consented.example');
  const consents = await api.get(`/v1/contacts/${items[0].id}/consents`);
  assert.equal(consents.items[0].basis, 'legitimate_interest_customer');

  await page.goto(`${server.base}/meetings/links/${link.id}`);
  await step(page, 'Form questions').click();
  await page.getByRole('checkbox', { name: 'Collect consent' }).uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = async () => (await linkNamed('Consented')).settings.consent;
  await eventually(async () => !(await saved()).is_enabled, 'consent is off');
  assert.equal((await saved()).consent_text, 'We write to you about the table.');
  shows('consent of a link', server.engine, 'MEET-77', 'MEET-79', 'MEET-80', 'MEET-81', 'MEET-83');
  shows('consent of a link, once it is saved', server.engine, 'MEET-78', 'MEET-84');
  for (const one of [page, guest, before, after]) await one.context().close();
});

test('several subscription types are collected without a box to tick', async () => {
  await api.post('/v1/subscription_types', { name: 'Workshop letter' });
  const page = await begin('Subscribed');
  await step(page, 'Form questions').click();
  await page.getByRole('checkbox', { name: 'Collect consent' }).check();
  await page.getByRole('checkbox', { name: 'Customise for this link' }).check();
  await page.getByLabel('What is collected').selectOption({ label: 'Legitimate interest' });
  await page.getByRole('checkbox', { name: 'Workshop letter' }).check();
  const link = await save(page, 'Subscribed');
  const guest = await visit(link);
  await choose(guest);
  assert.equal(await guest.getByRole('checkbox').count(), 0);
  await fill(guest, 'zoe@subscribed.example');
  await book(guest);
  const { items } = await api.get('/v1/contacts?q=zoe@subscribed.example');
  const consents = (await api.get(`/v1/contacts/${items[0].id}/consents`)).items;
  assert.equal(consents.length, 2, JSON.stringify(consents));
  shows('subscription types of a link', server.engine, 'MEET-82');
  await page.context().close();
  await guest.context().close();
});
