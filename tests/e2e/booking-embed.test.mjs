// Booking pages inside a page of another origin, through the loader.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANA } from './server.mjs';
import { eventually, findings, newPage, serverAndBrowser, shot, shows } from './browser.mjs';
import { makeLink } from './links.mjs';
import { startSite } from './site.mjs';

const { server, browser } = await serverAndBrowser();
const ana = await server.api(ANA);

const site = await startSite(server);
const link = async (slug, more = {}) => (await makeLink(ana, slug, { slug, ...more })).slug;

/** Books in a frame, and waits until it is booked. */
async function book(frame, answers = {}) {
  await frame.locator('.book-day.has').nth(1).click();
  await frame.locator('[data-time]').first().click();
  await frame.getByRole('button', { name: /^Next, with/ }).click();
  await frame.getByRole('textbox', { name: 'First name' }).fill('Li');
  await frame.getByRole('textbox', { name: 'Last name' }).fill('Wu');
  await frame.getByRole('textbox', { name: 'E-mail', exact: true }).fill('li@client.example');
  for (const [question, answer] of Object.entries(answers)) await frame.getByRole('textbox', { name: question }).fill(answer);
  await frame.getByRole('button', { name: 'Book the meeting' }).click();
  await frame.getByRole('heading', { name: 'It is booked' }).waitFor();
}

/** Opens the site and keeps the events that it gets. */
async function open(options = {}) {
  const page = await newPage(browser, { locale: 'en-GB', ...options });
  await page.addInitScript(() => {
    window.seen = [];
    document.addEventListener('rapport:booked', (event) => window.seen.push(event.detail));
  });
  await page.goto(site.origin);
  return page;
}

test('in its place: as tall as it is, booked, and told to the site', async () => {
  const phone = { key: 'phone', label: 'Telephone', kind: 'line', is_required: true, property: 'phone', options: [] };
  const wish = { key: 'wish', label: 'What for?', kind: 'lines', is_required: false, options: [] };
  const slug = await link('inline', { form: [phone, wish] });
  site.show(`<div data-rapport-booking="${slug}"></div>`);
  for (const viewport of [{ width: 1280, height: 800 }, { width: 320, height: 640 }]) {
    const page = await open({ viewport });
    const frame = await (await page.waitForSelector('[data-rapport-booking] iframe')).contentFrame();
    await frame.locator('.book-day.has').first().waitFor();
    const missing = () => frame.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    await eventually(async () => (await missing()) <= 0, 'nothing has to be scrolled in the iframe');
    assert.deepEqual(await findings(frame), []);
    await book(frame, { Telephone: '+33 4 67 00 00 00', 'What for?': `A table, ${viewport.width} px` });
    await page.waitForFunction(() => window.seen.length === 1);
    const { items } = await ana.get('/v1/meetings');
    const values = items.flatMap((meeting) => meeting.answers.map((answer) => answer.value));
    assert.ok(values.includes('+33 4 67 00 00 00') && values.includes(`A table, ${viewport.width} px`), values.join());
    const [told] = await page.evaluate(() => window.seen);
    assert.deepEqual(Object.keys(told).sort(), ['ends_at', 'slug', 'starts_at']);
    assert.equal(told.slug, slug);
    assert.deepEqual(await page.context().cookies(), []);
    await shot(page, `booking-embed-${viewport.width}`);
  }
  shows('booking embed', server.engine, 'MEET-86', 'MEET-91');
});

test('where the browser keeps storage from pages inside others, it is booked all the same', async () => {
  const slug = await link('no-storage');
  site.show(`<div data-rapport-booking="${slug}"></div>`);
  const page = await newPage(browser, { locale: 'en-GB' });
  // What browsers answer that are set to block third-party storage.
  await page.addInitScript(() => {
    if (window === window.top) return;
    const denied = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    for (const name of ['sessionStorage', 'localStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, { get: denied });
    Object.defineProperty(Document.prototype, 'cookie', { get: denied, set: denied });
  });
  await page.goto(site.origin);
  const frame = await (await page.waitForSelector('[data-rapport-booking] iframe')).contentFrame();
  await frame.locator('.book-day.has').first().waitFor();
  assert.equal(await frame.evaluate(() => { try { return typeof sessionStorage; } catch (error) { return error.name; } }), 'SecurityError');
  await book(frame);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('in a dialog and from a button: nothing is loaded before the click, Escape closes', async () => {
  const slug = await link('popup');
  site.show(`<a href="${server.base}/meet/${slug}" data-rapport-booking-popup="${slug}">Book</a>
    <button data-rapport-booking-button="${slug}">Meet us</button>`);
  const page = await open();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByRole('button', { name: 'Meet us' }).waitFor();
  assert.deepEqual(asked.filter((path) => path.startsWith('/meet/')), []);
  await page.getByRole('link', { name: 'Book' }).click();
  const frame = await (await page.waitForSelector('rapport-booking dialog iframe')).contentFrame();
  await frame.locator('.book-day.has').first().focus();
  await page.keyboard.press('Escape');
  await eventually(async () => (await page.locator('rapport-booking dialog[open]').count()) === 0, 'the dialog is closed');
  await page.getByRole('button', { name: 'Meet us' }).click();
  await book(frame);
  await page.waitForFunction(() => window.seen.length === 1);
});

test('only the origins that a link names may embed it', async () => {
  const slug = await link('closed', { embed_origins: ['https://elsewhere.example'] });
  site.show(`<div data-rapport-booking="${slug}"></div>`);
  const page = await open();
  await page.waitForSelector('[data-rapport-booking] iframe');
  await eventually(async () => page.complaints.some((text) => text.includes('frame-ancestors')), 'the browser refuses it');
  const reply = await fetch(`${server.base}/meet/${slug}`);
  assert.match(reply.headers.get('content-security-policy'), /frame-ancestors 'self' https:\/\/elsewhere\.example$/);
});
