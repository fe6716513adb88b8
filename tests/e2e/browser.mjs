// Chromium, driven by playwright-core, and what the tests do with every page.
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after } from 'node:test';
import { PASSWORD, startServer } from './server.mjs';

const require = createRequire(new URL('../../frontend/js/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Starts Chromium, with `more` arguments. */
export const launch = (more = []) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', ...more],
  });

/** A server with the demo's data and a browser for all tests of a file. Both end with it. */
export async function serverAndBrowser() {
  let browser;
  const server = await startServer();
  after(async () => {
    await browser?.close();
    await server.stop();
  });
  browser = await launch();
  return { server, browser };
}

/** A page of a browser of its own. What the page complains about is collected in `page.complaints`. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    // A refused request is part of some tests; the page says what it means itself.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource')) {
      page.complaints.push(message.text());
    }
  });
  return page;
}

/** Signs a demo user in through the page, whatever its language, and waits for the inbox. */
export async function signIn(page, base, email) {
  await page.goto(`${base}/sign-in`);
  await page.locator('input[autocomplete=username]').fill(email);
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/inbox**');
}

/** Opens a path of the app as a demo user who has been asked about notifications before, in a window of its own. */
export async function openApp(browser, base, path, email, options = {}) {
  const page = await newPage(browser, options);
  await page.addInitScript(() => localStorage.setItem('rapport.notifications_asked', '1'));
  await signIn(page, base, email);
  await page.goto(base + path);
  return page;
}

/** Waits until `look` answers something that is true, and answers it; looks ten times a second. */
export async function eventually(look, what, attempts = 150) {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never came about: ${what}`);
}

/** What axe's default rules find in a page or frame. */
export async function findings(frame) {
  await frame.evaluate(`${axe};0`);
  const { violations } = await frame.evaluate(() => window.axe.run(document));
  return violations.map((rule) => `${rule.id} (${rule.impact}): ${rule.nodes[0].html.slice(0, 200)}`);
}

/** Fails when axe's default rules find anything, or when the page complained. */
export async function expectAccessible(page, what) {
  assert.deepEqual(await findings(page), [], `axe on ${what}`);
  assert.deepEqual(page.complaints, [], `complaints of ${what}`);
}

/** Notes that a passing test showed acceptance rows in the browser. */
export function shows(test, engine, ...rows) {
  const folder = process.env.RAPPORT_TEST_ROWS;
  if (!folder) return;
  assert.ok(rows.length <= 5, 'a test shows at most five rows');
  mkdirSync(folder, { recursive: true });
  const lines = rows.map((row) => `${row}\te2e ${test}\t${engine}\tbrowser\n`).join('');
  appendFileSync(join(folder, `e2e-${test.replaceAll(/\W+/g, '-')}-${engine}.tsv`), lines);
}

/** Takes a picture when SHOTS names a folder: to be looked at, never compared. */
export async function shot(page, name) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
}
