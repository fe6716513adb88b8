// Pictures of booking pages, and what the editor of a link does besides its fields.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, newPage, openApp, serverAndBrowser, shot, shows } from './browser.mjs';
import { ANA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const ana = await server.api(ANA);
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = (name) => ({ name, mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') });

const open = (path) => openApp(browser, server.base, path, ANA);

const links = async () => (await ana.get('/v1/booking_links?limit=200')).items.filter((link) => link.state === 'active');
const isShown = (image) => image.evaluate((element) => element.complete && element.naturalWidth === 1);
const group = (page, name) => page.getByRole('group', { name, exact: true });

/** Saves a form of which something is not saved. */
async function save(page) {
  await page.locator('.unsaved-bar').getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.unsaved-bar.shown').waitFor({ state: 'detached' });
}

test('a logo is uploaded, picked again, and is on all booking pages', async () => {
  const page = await open('/settings/booking-pages');
  const logo = group(page, 'Logo');
  for (const name of ['old.png', 'new.png']) {
    await logo.locator('input[type=file]').setInputFiles(picture(name));
    await eventually(async () => (await logo.locator('.booking-picture').count()) === 1, 'the picture is shown');
    await save(page);
  }
  await page.reload();
  await eventually(async () => isShown(logo.locator('.booking-picture')), 'the saved logo is shown');
  await logo.getByRole('button', { name: 'Remove', exact: true }).click();
  await save(page);
  await logo.getByRole('button', { name: 'Choose an uploaded picture', exact: true }).click();
  await shot(page, 'booking-logo-choices');
  await logo.getByRole('button', { name: 'old.png', exact: true }).click();
  await save(page);
  const { items } = await ana.get('/v1/settings/booking/pictures');
  assert.deepEqual(items.map((item) => item.name), ['new.png', 'old.png']);
  assert.equal((await ana.get('/v1/settings/booking')).logo_file_id, items[1].id);
  for (const link of (await links()).slice(0, 2)) {
    const visitor = await newPage(browser, {});
    await visitor.goto(`${server.base}/meet/${link.slug}`);
    const image = visitor.locator(`img[src*="/v1/files/${items[1].id}/"]`).first();
    await image.waitFor();
    await eventually(() => isShown(image), `the logo is on the page ${link.slug}`);
    await visitor.context().close();
  }
  await page.context().close();
  shows('a logo is uploaded, picked again, and is on all booking pages', server.engine, 'MEET-22');
});

test('the photo of a page is changed, and the editor fills the window', async () => {
  const link = (await links()).find((link) => link.is_editable && link.kind === 'personal');
  const page = await open(`/meetings/links/${link.id}`);
  const photo = group(page, 'Photo');
  for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    await page.locator('.link-editor .step').waitFor();
    const cut = () => page.locator('.editor-columns').evaluate((columns) => columns.scrollHeight - columns.clientHeight);
    await eventually(async () => (await cut()) <= 1, `nothing is cut at ${size.width} px`);
    const columns = await page.locator('.editor-columns').boundingBox();
    assert.ok(columns.y + columns.height >= size.height, 'the fields reach the end of the window');
    await shot(page, `meeting-link-editor-${size.width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await photo.locator('input[type=file]').setInputFiles(picture('photo.png'));
  await photo.locator('.booking-picture').waitFor();
  await save(page);
  await page.reload();
  await eventually(async () => isShown(photo.locator('.booking-picture')), 'the saved photo is shown');
  const { settings } = await ana.get(`/v1/booking_links/${link.id}`);
  const visitor = await newPage(browser, {});
  await visitor.goto(`${server.base}/meet/${link.slug}`);
  const image = visitor.locator(`img[src*="/v1/files/${settings.photo_file_id}/"]`).first();
  await image.waitFor();
  await eventually(() => isShown(image), 'the photo is on the page');
  await visitor.context().close();
  await page.context().close();
  shows('the photo of a page is changed, and the editor fills the window', server.engine, 'MEET-37');
});

test('a token comes where the caret is, and a change of somebody else is told', async () => {
  const link = (await links()).find((link) => link.is_editable && link.kind === 'personal');
  const page = await open(`/meetings/links/${link.id}`);
  const subject = page.getByRole('textbox', { name: 'Subject of the invitation' });
  await subject.fill('A visit by today');
  await subject.evaluate((input) => input.setSelectionRange(11, 11));
  await page.getByRole('button', { name: 'Insert', exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Name of the host', exact: true }).click();
  await eventually(async () => (await subject.inputValue()) === 'A visit by {{host.name}}today', 'the token is at the caret');
  await eventually(async () => (await subject.evaluate((input) => input.selectionStart)) === 24, 'the caret is after it');
  const { hosts, settings } = await ana.get(`/v1/booking_links/${link.id}`);
  await ana.put(`/v1/booking_links/${link.id}`, { hosts, settings: { ...settings, title: 'Changed elsewhere' } });
  const told = page.getByText('Somebody else saved this link meanwhile.');
  await told.waitFor();
  await page.getByRole('button', { name: 'Load theirs', exact: true }).click();
  await eventually(async () => (await page.getByRole('textbox', { name: 'Title', exact: true }).inputValue()) === 'Changed elsewhere', 'what they saved is loaded');
  assert.equal(await told.count(), 0);

  // Kept beside theirs, and saved over it because that was chosen.
  await subject.fill('Mine');
  const theirs = await ana.get(`/v1/booking_links/${link.id}`);
  await ana.put(`/v1/booking_links/${link.id}`, { hosts, settings: { ...theirs.settings, title: 'Changed again' } });
  await told.waitFor();
  await shot(page, 'link-changed-meanwhile');
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, 'link-changed-meanwhile-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Keep mine', exact: true }).click();
  await eventually(async () => (await told.count()) === 0, 'it is not told any more');
  assert.equal(await subject.inputValue(), 'Mine');
  await save(page);
  const kept = await ana.get(`/v1/booking_links/${link.id}`);
  assert.deepEqual([kept.settings.invitation_subject, kept.settings.title], ['Mine', 'Changed elsewhere']);
  await page.context().close();
});
