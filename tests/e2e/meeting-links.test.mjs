// Booking links: their list and what is done with each, their settings, and inserting one into a message.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, openApp, serverAndBrowser, shot, shows } from './browser.mjs';
import { makeLink } from './links.mjs';
import { ANA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const row = (page, name) => page.locator('.booking-link', { hasText: name });

const open = (path, email = ANA) => openApp(browser, server.base, path, email, { permissions: ['clipboard-read', 'clipboard-write'] });

/** A link of whoever is signed in, with reminders. */
function link(api, internal_name, more = {}) {
  const reminders = { is_enabled: true, includes_description: false, minutes_before: [4320, 60] };
  return makeLink(api, internal_name, { title: `${internal_name} with Ana`, country: 'US', reminders, ...more });
}

test('links are listed, found, copied, embedded, made default and ended', async () => {
  const api = await server.api(ANA);
  const made = await link(api, 'Walnut talk');
  const page = await open('/meetings/links');
  await row(page, 'Walnut talk').getByText(made.url).waitFor();
  await row(page, 'Walnut talk').getByText('Views: 0').waitFor();
  await expectAccessible(page, 'the list of booking links');
  await shot(page, 'meeting-links');

  await row(page, 'Walnut talk').getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Link copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), made.url);

  const more = () => row(page, 'Walnut talk').getByRole('button', { name: 'Actions on Walnut talk' });
  await more().click();
  await page.getByRole('menuitem', { name: 'Embed' }).click();
  const code = page.getByRole('dialog').locator('pre');
  await eventually(async () => (await code.innerText()).includes(`<div data-rapport-booking="${made.slug}"></div>`), 'code for the page');
  await page.getByLabel('How it is shown').selectOption('popup');
  await eventually(async () => (await code.innerText()).includes(`data-rapport-booking-popup="${made.slug}"`), 'code for a window');
  await page.getByLabel('How it is shown').selectOption('button');
  await eventually(async () => (await code.innerText()).includes(`data-rapport-booking-button="${made.slug}"`), 'code for a button');
  assert.match(await code.innerText(), /\/embed\/rapport\.js" data-rapport><\/script>/);
  await expectAccessible(page, 'code to embed a link');
  await page.keyboard.press('Escape');

  await more().click();
  await page.getByRole('menuitem', { name: 'Make default' }).click();
  await row(page, 'Walnut talk').getByText('Default', { exact: true }).waitFor();
  assert.equal((await api.get('/v1/me/booking')).default_link_id, made.id);

  await page.getByLabel('Search by name or address').fill('nothing is called so');
  await page.getByText('You have no link here').waitFor();
  await page.getByLabel('Search by name or address').fill('walnut');
  await row(page, 'Walnut talk').waitFor();
  await more().click();
  await page.getByRole('menuitem', { name: 'End link' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End link' }).click();
  await row(page, 'Walnut talk').waitFor({ state: 'detached' });
  await page.getByLabel('Which links are shown').selectOption('ended');
  await row(page, 'Walnut talk').getByText('Ended', { exact: true }).waitFor();
  shows('links are listed, found, copied, embedded, made default and ended', 'sqlite', 'MEET-21', 'MEET-85');
  await page.context().close();
});

test('whoever has one link keeps it, and others cannot embed it', async () => {
  const api = await server.api('claire@atelier-sud.example');
  const [mine] = (await api.get('/v1/booking_links?mine=true')).items;
  assert.deepEqual([mine.is_editable, mine.is_embeddable], [true, false]);
  const page = await open('/meetings/links', 'claire@atelier-sud.example');
  const own = row(page, mine.url);
  await own.getByRole('button', { name: 'Copy link' }).waitFor();
  assert.equal(await own.getByRole('button', { name: /^Actions on/ }).count(), 0);
  assert.equal(await page.getByRole('link', { name: 'Create meeting link' }).count(), 0);
  await own.getByRole('link', { name: 'Edit' }).click();
  await page.getByText(/hours/).first().waitFor();
  shows('whoever has one link keeps it', 'sqlite', 'MEET-28', 'MEET-87');
  await page.context().close();
});

test('a link that changes elsewhere changes on the screen', async () => {
  const api = await server.api(ANA);
  const made = await link(api, 'Oak talk');
  const page = await open('/meetings/links');
  await row(page, 'Oak talk').waitFor();
  await api.put(`/v1/booking_links/${made.id}`, { hosts: made.hosts, settings: { ...made.settings, internal_name: 'Cherry talk' } });
  await row(page, 'Cherry talk').waitFor();
  await page.context().close();
});

test('the own part of the address changes for new links alone', async () => {
  const api = await server.api(ANA);
  const made = await link(api, 'Before');
  const page = await open('/settings/meeting-links');
  await page.getByLabel('Your part of the address').fill('ana-anew');
  await page.getByText('Links that exist keep their addresses.').waitFor();
  await expectAccessible(page, 'settings of meeting links');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  assert.equal((await api.get(`/v1/booking_links/${made.id}`)).slug, made.slug);
  assert.match((await link(api, 'After')).slug, /^ana-anew\//);
  shows('the own part of the address changes for new links alone', 'sqlite', 'MEET-19');
  await page.context().close();
});

test('a colour that is hard to make out is told; a good one is saved', async () => {
  const page = await open('/settings/booking-pages');
  await page.getByLabel('Accent colour').fill('#ffee00');
  await page.getByText('hard to make out').waitFor();
  await page.getByLabel('Accent colour').fill('#14532d');
  await page.getByText('hard to make out').waitFor({ state: 'detached' });
  await expectAccessible(page, 'settings of booking pages');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  assert.equal((await (await server.api(ANA)).get('/v1/settings/booking')).accent_color, '#14532d');
  shows('a colour that is hard to make out is told; a good one is saved', 'sqlite', 'MEET-23');
  await page.context().close();
});

test('a link is inserted into a reply; a hidden one is not offered', async () => {
  const api = await server.api(ANA);
  const made = await link(api, 'Elm talk');
  await link(api, 'Hidden talk', { is_hidden: true });
  const visitor = await server.visitor();
  const { thread_id: id } = await visitor.says('May I see the workshop?');
  const page = await open(`/inbox/all/all_open/${id}`);
  await page.locator('.editor [contenteditable]').first().waitFor();
  await page.getByRole('button', { name: 'Insert a booking link' }).click();
  await page.getByRole('option', { name: 'Elm talk' }).waitFor();
  assert.equal(await page.getByRole('option', { name: 'Hidden talk' }).count(), 0);
  await page.getByRole('option', { name: 'Elm talk' }).click();
  const inserted = page.locator(`.editor [contenteditable] a[href="${made.url}"]`);
  await inserted.waitFor();
  assert.equal(await inserted.innerText(), 'Elm talk with Ana');
  shows('a link is inserted into a reply; a hidden one is not offered', 'sqlite', 'CONV-117');
  await page.context().close();
});
