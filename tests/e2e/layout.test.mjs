// The inbox as a place to work in all day: panels, a long list, commands, languages, notifications, and what it asks of
// the server while nobody does anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { ANA, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();

const list = (page) => page.getByRole('region', { name: 'Conversations' });
const views = (page) => page.getByRole('navigation', { name: 'Views' });
const contact = (page) => page.getByRole('complementary', { name: 'Contact' });

test('the panels at both sides are collapsed, stay so, and come back', async () => {
  const page = await newPage(browser);
  await signIn(page, server.base, 'mei@atelier-sud.example');
  await list(page).getByRole('link').first().click();
  await contact(page).getByRole('heading').first().waitFor();
  const thread = page.getByRole('region', { name: 'Conversation', exact: true });
  const narrow = (await thread.boundingBox()).width;
  await page.getByRole('button', { name: 'Hide views' }).click();
  await views(page).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Hide contact' }).click();
  await contact(page).waitFor({ state: 'hidden' });
  assert.ok((await thread.boundingBox()).width > narrow + 400, 'the conversation takes the room');
  await shot(page, 'panels-collapsed');
  await expectAccessible(page, 'the inbox without panels');

  const api = await server.api('mei@atelier-sud.example');
  await eventually(async () => (await api.get('/v1/me')).preferences.details_shown === false, 'it is saved');
  const elsewhere = await newPage(browser);
  await signIn(elsewhere, server.base, 'mei@atelier-sud.example');
  await elsewhere.goto(page.url());
  await elsewhere.getByRole('log').waitFor();
  await views(elsewhere).waitFor({ state: 'hidden' });
  await contact(elsewhere).waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: 'Show views' }).click();
  await views(page).waitFor();
  await page.getByRole('button', { name: 'Show contact' }).click();
  await contact(page).getByRole('heading').first().waitFor();
  await page.keyboard.press('[');
  await views(page).waitFor({ state: 'hidden' });
  await page.keyboard.press('[');
  await views(page).waitFor();
  shows('panels that collapse', 'sqlite', 'INBOX-91');
});

test('a list of hundreds keeps some twenty rows in the document', async () => {
  const api = await server.api(ANA);
  const { counts } = await api.get('/v1/view_counts');
  const total = counts.find(({ view }) => view === 'all_closed').count;
  assert.ok(total > 100, `${total} conversations are closed`);
  const page = await newPage(browser);
  await signIn(page, server.base, ANA);
  await page.goto(`${server.base}/inbox/all/all_closed`);
  const rows = list(page).getByRole('link');
  await rows.first().waitFor();
  const viewport = page.locator('.virtual-list');
  const seen = new Set();
  let most = 0;
  await eventually(async () => {
    const paths = await rows.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    most = Math.max(most, paths.length);
    paths.forEach((path) => seen.add(path));
    await viewport.evaluate((element) => element.scrollBy(0, element.clientHeight * 0.8));
    return seen.size === total;
  }, `every row comes into sight (${total})`);
  assert.ok(most <= 30, `${most} rows at once`);
  // Back at the top, and to any row by keyboard.
  await viewport.evaluate((element) => element.scrollTo(0, 0));
  await page.keyboard.press('j');
  await page.getByRole('log').locator('.message').first().waitFor();
  assert.deepEqual(page.complaints, []);
});

test('commands are found by typing, and the help lists every shortcut', async () => {
  const page = await newPage(browser);
  await signIn(page, server.base, ANA);
  await list(page).getByRole('link').first().waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const command of ['Next conversation', 'Reply', 'Close conversation', 'Commands', 'Go to All open']) {
    await help.getByText(command, { exact: true }).waitFor();
  }
  await shot(page, 'help');
  await expectAccessible(page, 'the help');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await page.keyboard.type('all clo');
  await palette.getByText('Go to All closed').waitFor();
  await shot(page, 'palette');
  await expectAccessible(page, 'the palette');
  await page.keyboard.press('Enter');
  await list(page).getByRole('heading', { name: 'All closed' }).waitFor();

  // Who types at once loses no letter: the field has the focus before anything is drawn.
  const focused = await page.evaluate(async () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve));
    return document.activeElement.id;
  });
  assert.equal(focused, 'palette-input');
  await page.keyboard.press('Escape');

  const { items } = await (await server.api(ANA)).get('/v1/contacts?limit=1');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(items[0].email);
  await palette.getByRole('option').filter({ hasText: items[0].name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/contacts/${items[0].id}`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('xyzzy');
  await palette.getByText('Nothing matches.').waitFor();
  assert.deepEqual(page.complaints, []);
});

test('the inbox in French', async () => {
  const api = await server.api('tom@atelier-sud.example');
  const page = await newPage(browser, { locale: 'en-GB' });
  await signIn(page, server.base, 'tom@atelier-sud.example');
  await page.goto(`${server.base}/profile`);
  await page.getByLabel('Language').selectOption({ label: 'Français' });
  await page.getByRole('heading', { level: 1, name: 'Profil' }).waitFor();
  await eventually(async () => (await api.get('/v1/me')).preferences.locale === 'fr', 'the language is saved');
  await page.goto(`${server.base}/inbox`);
  const french = page.getByRole('navigation', { name: 'Vues' });
  await french.getByRole('link', { name: /^Non attribuées/ }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await page.getByRole('region', { name: 'Conversations' }).getByRole('link').first().click();
  await page.getByRole('log').locator('.message').first().waitFor();
  await page.locator('.rich-text-area').waitFor();
  const words = await page.locator('main').innerText();
  for (const english of ['Unassigned', 'Assigned to me', 'All open', 'Reply', 'Close', 'Send', 'Other conversations', 'Open']) {
    assert.doesNotMatch(words.split('\n').join(' | '), new RegExp(`(^|\\| )${english}( \\||$)`), `${english} is not French`);
  }
  await shot(page, 'inbox-fr');
  await expectAccessible(page, 'the inbox in French');
});

test('notifications and sound: whether they are on is seen, and they are switched on', async () => {
  const page = await newPage(browser);
  await page.addInitScript(() => {
    // Chromium without a window answers every question with no; this one has not been asked yet, and then says yes.
    let permission = 'default';
    window.shown = [];
    window.Notification = class {
      constructor(title, options) {
        window.shown.push(`${title}: ${options.body}`);
      }
      static get permission() {
        return permission;
      }
      static async requestPermission() {
        permission = 'granted';
        return permission;
      }
    };
  });
  await signIn(page, server.base, PRIYA);
  const ask = page.getByRole('button', { name: 'Enable notifications and sound' });
  await ask.waitFor();
  await page.goto(`${server.base}/profile`);
  await page.getByText('This browser has not been asked yet.').waitFor();
  await ask.click();
  await ask.waitFor({ state: 'hidden' });
  await page.getByText('This browser shows notifications.').waitFor();
  await page.getByText('The browser keeps sound locked').waitFor({ state: 'hidden' });
  // Told of only while the page is in the background.
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
    Object.defineProperty(document, 'hidden', { value: true });
  });
  await (await server.visitor()).says('Is anybody there?');
  await page.waitForFunction(() => window.shown.length > 0);
  assert.match((await page.evaluate(() => window.shown))[0], /Is anybody there\?/);
  await page.waitForFunction(() => document.title.startsWith('('));
  assert.deepEqual(page.complaints, []);
});

test('while nobody does anything, the page asks for next to nothing', async () => {
  // PITFALL-54: at most one request in half a minute, also with a conversation open.
  const page = await newPage(browser);
  await page.clock.install();
  await signIn(page, server.base, PRIYA);
  await list(page).getByRole('link').first().click();
  await page.getByRole('log').locator('.message').first().waitFor();
  await page.locator('.rich-text-area').waitFor();
  let pongs = 0;
  const requests = [];
  // Signs of life go over the socket that is there; opened anew, it can be heard.
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => String(payload).includes('pong') && (pongs += 1)));
  await page.reload();
  await page.getByRole('log').locator('.message').first().waitFor();
  await page.locator('.rich-text-area').waitFor();
  await page.waitForLoadState('networkidle');
  page.on('request', (request) => request.url().includes('/v1/') && requests.push(`${request.method()} ${request.url()}`));
  const minutes = 6;
  for (let step = 0; step < minutes * 3; step += 1) {
    const before = pongs;
    await page.clock.runFor(20_000);
    await eventually(() => pongs > before, 'the server answers the ping');
  }
  assert.ok(requests.length > 0, 'the clock runs');
  assert.ok(requests.length <= minutes * 2, `${requests.length} requests in ${minutes} minutes:\n${requests.join('\n')}`);
  assert.deepEqual(page.complaints, []);
});
