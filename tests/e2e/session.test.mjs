// Signing in: the first start, the second factor, and staying signed in with several tabs.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { expectAccessible, newPage, serverAndBrowser, shot, signIn } from './browser.mjs';
import { PASSWORD, PRIYA, startServer } from './server.mjs';

const JONAS = 'jonas@atelier-sud.example';
const { server, browser } = await serverAndBrowser();

test('the first start creates the first administrator', async (t) => {
  const empty = await startServer('sqlite', { empty: true });
  t.after(empty.stop);
  const page = await newPage(browser);
  await page.goto(empty.base);
  await page.getByRole('heading', { name: 'Welcome to Rapport' }).waitFor();
  await shot(page, 'setup');
  await expectAccessible(page, 'the first start');
  await page.getByLabel('Company').fill('Maison Bleue');
  await page.getByLabel('Your name').fill('Odile Martin');
  await page.getByLabel('Email').fill('odile@maison-bleue.example');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await page.getByText('A password has 10 to 200 characters.').waitFor();
  assert.equal(await page.getByLabel('Company').inputValue(), 'Maison Bleue', 'what was typed stays');
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await page.waitForURL('**/inbox**');
  await page.getByText('Nothing here').waitFor();
  await shot(page, 'empty-inbox');

  // Nobody else becomes the first one.
  const other = await newPage(browser);
  await other.goto(`${empty.base}/sign-in`);
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  const again = await fetch(`${empty.base}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Eve', email: 'eve@x.example', password: 'another password', company_name: 'X' }),
  });
  assert.ok(again.status >= 400 && again.status < 500, `a second first administrator: ${again.status}`);
  assert.deepEqual(page.complaints, []);
});

/** The code that an authenticator shows at a time (RFC 6238 with SHA-1, 30 seconds, 6 digits). */
function authenticatorCode(secret, unixSeconds) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll(/[\s=]/g, '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(unixSeconds / 30)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = digest[digest.length - 1] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function signOut(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Sign out');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

async function enter(page, code) {
  await page.getByLabel('Email').first().fill(JONAS);
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('the second factor is set up; its codes and the recovery codes open the account once each', async () => {
  const page = await newPage(browser);
  await signIn(page, server.base, JONAS);
  await page.goto(`${server.base}/profile`);
  await page.getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up the second factor' });
  const secret = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue();
  await dialog.getByRole('img', { name: /QR code/ }).waitFor();
  await shot(page, 'second-factor');
  const code = dialog.getByLabel('Six digits that the app shows');
  await code.fill('000000');
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await dialog.getByRole('alert').first().waitFor();
  const now = Date.now() / 1000;
  await code.fill(authenticatorCode(secret, now));
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  const codes = page.getByRole('dialog', { name: 'Keep your recovery codes' });
  await codes.getByRole('listitem').first().waitFor();
  const [recovery] = await codes.getByRole('listitem').allInnerTexts();
  await shot(page, 'recovery-codes');
  await codes.getByRole('button', { name: 'I have kept them' }).click();

  await signOut(page);
  // A code counts once, so this is the next one: the server allows for clocks that differ by a step.
  await enter(page, authenticatorCode(secret, now + 30));
  await page.waitForURL('**/profile');
  await signOut(page);
  await enter(page, recovery);
  await page.waitForURL('**/profile');
  await signOut(page);
  await enter(page, recovery);
  await page.locator('.form-error').filter({ hasText: /\S/ }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/sign-in', 'a recovery code works once');
  assert.deepEqual(page.complaints, []);
});

test('tabs that renew the session at once all stay signed in', async () => {
  const first = await newPage(browser);
  await signIn(first, server.base, PRIYA);
  const second = await first.context().newPage();
  const third = await first.context().newPage();
  const tabs = [first, second, third];
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(tabs.map((tab) => tab.goto(`${server.base}/inbox`)));
    for (const tab of tabs) {
      await tab.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Unassigned/ }).waitFor();
      await tab.getByRole('region', { name: 'Conversations' }).getByRole('link').first().waitFor();
    }
  }
  assert.deepEqual(tabs.map((tab) => new URL(tab.url()).pathname.split('/')[1]), ['inbox', 'inbox', 'inbox']);
  assert.deepEqual(first.complaints, []);
});
