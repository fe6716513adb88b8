// Booking pages inside a page of another origin, in Firefox and in WebKit (PITFALL 80).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { By, Key, until } from 'selenium-webdriver';
import { makeLink } from '../e2e/links.mjs';
import { ANA, startServer } from '../e2e/server.mjs';
import { startSite } from '../e2e/site.mjs';
import { firefox, webkit } from './webdriver.mjs';

const PATIENCE_MS = 30_000;
const server = await startServer();
after(server.stop);
const site = await startSite(server);
const ana = await server.api(ANA);

/** Waits for what a selector finds to be seen, and answers it. */
async function seen(driver, css) {
  const found = await driver.wait(until.elementLocated(By.css(css)), PATIENCE_MS, css);
  return driver.wait(until.elementIsVisible(found), PATIENCE_MS, css);
}

/** What a selector finds in the root that the loader draws dialogs and buttons in, if anything. */
const drawn = (driver, css) => driver.executeScript("return document.querySelector('rapport-booking')?.shadowRoot.querySelector(arguments[0])", css);
const waitForDrawn = (driver, css) => driver.wait(() => drawn(driver, css), PATIENCE_MS, css);

/** Opens the site and notes what it is told. */
async function open(driver, html) {
  site.show(html);
  await driver.get(site.origin);
  await driver.executeScript("window.seen = []; document.addEventListener('rapport:booked', (event) => window.seen.push(event.detail));");
}

/** Books in the iframe that is looked into, and answers what the site was told. */
async function book(driver, email) {
  await seen(driver, '.book-day.has');
  // The last: a time of today may be over before it is booked.
  await (await driver.findElements(By.css('.book-day.has'))).at(-1).click();
  await (await seen(driver, '.book-times [data-time]')).click();
  await (await seen(driver, '.book-times .primary')).click();
  const typed = { 'book-first_name': 'Li', 'book-last_name': 'Wu', 'book-email': email };
  for (const [id, text] of Object.entries(typed)) await (await seen(driver, `#${id}`)).sendKeys(text);
  await driver.findElement(By.xpath("//button[normalize-space()='Book the meeting']")).click();
  const heading = await driver.wait(until.elementLocated(By.xpath("//*[self::h1 or self::h2][.='It is booked']")), PATIENCE_MS, 'booked');
  await driver.wait(until.elementIsVisible(heading), PATIENCE_MS, 'booked');
  await driver.switchTo().defaultContent();
  return driver.wait(() => driver.executeScript('return window.seen[0]'), PATIENCE_MS, 'the site is told');
}

const booked = async (email) => (await ana.get('/v1/meetings')).items.filter((meeting) => meeting.contact_email === email).length;

for (const launch of [firefox, webkit]) {
  const { name } = launch;
  const { driver, stop } = await launch();
  after(stop);

  test(`${name}: in its place, as tall as it is, it is booked without any storage`, async () => {
    const { slug } = await makeLink(ana, `inline-${name}`, { slug: `inline-${name}` });
    await open(driver, `<div data-rapport-booking="${slug}"></div>`);
    await driver.switchTo().frame(await seen(driver, '[data-rapport-booking] iframe'));
    await seen(driver, '.book-day.has');
    await driver.wait(
      () => driver.executeScript('return document.documentElement.scrollHeight <= window.innerHeight'),
      PATIENCE_MS, 'nothing has to be scrolled in the iframe',
    );
    assert.equal(await driver.executeScript("document.cookie = 'kept=1'; return document.cookie"), '');
    const told = await book(driver, `${name}@client.example`);
    assert.equal(told.slug, slug);
    assert.equal(await booked(`${name}@client.example`), 1);
  });

  test(`${name}: a click opens the dialog, Escape closes it, a button opens it again`, async () => {
    const { slug } = await makeLink(ana, `popup-${name}`, { slug: `popup-${name}` });
    await open(driver, `<a href="${server.base}/meet/${slug}" data-rapport-booking-popup="${slug}">Book</a>
      <button data-rapport-booking-button="${slug}">Meet us</button>`);
    await (await seen(driver, 'a[data-rapport-booking-popup]')).click();
    await driver.switchTo().frame(await waitForDrawn(driver, 'dialog[open] iframe'));
    await (await seen(driver, '.book-day.has')).click();
    await driver.actions().sendKeys(Key.ESCAPE).perform();
    await driver.switchTo().defaultContent();
    await driver.wait(async () => !(await drawn(driver, 'dialog[open]')), PATIENCE_MS, 'the dialog is closed');
    await (await waitForDrawn(driver, 'button.float')).click();
    await driver.switchTo().frame(await waitForDrawn(driver, 'dialog[open] iframe'));
    assert.equal((await book(driver, `popup-${name}@client.example`)).slug, slug);
  });
}
