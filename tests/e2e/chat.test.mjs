// The chat on a customer's site: what a visitor can do, and what must never happen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const team = await server.api(PRIYA);

/** Opens the sample site with the chat open, in a browser of its own. */
async function visit(options) {
  const page = await newPage(browser, options);
  page.calls = [];
  page.on('request', (request) => request.url().includes('/v1/') && page.calls.push(request.url()));
  await page.goto(`${server.base}/demo-site/help.html#rapport-open`);
  const chat = page.frameLocator('iframe');
  const box = chat.getByRole('textbox', { name: 'Your message' });
  await box.waitFor();
  const say = async (text) => {
    await box.fill(text);
    await box.press('Enter');
    await chat.getByText(text).first().waitFor();
  };
  /** Waits until an attachment is at the server: a message is sent with whole files only. */
  const stored = async (name) => {
    const chip = chat.locator('.chat-chip', { hasText: name });
    await chip.waitFor();
    await chip.locator('progress').waitFor({ state: 'hidden' });
  };
  return { page, chat, box, say, stored };
}

const threadOf = async (text) => {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { items } = await team.get('/v1/threads?view=all_open&limit=20');
    const found = items.find(({ thread }) => thread.preview.includes(text));
    if (found) return found.thread;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no conversation says ${text}`);
};
const answer = (id, html) => team.post(`/v1/threads/${id}/messages`, { html, attachment_ids: [], send_anyway: true });

test('a whole conversation in the chat', async () => {
  const { page, chat, box, say, stored } = await visit();
  await page.waitForTimeout(500);
  assert.deepEqual(page.calls, [], 'nothing is requested before the visitor writes');
  await say('Do you oil tables on site?');
  const { id } = await threadOf('Do you oil tables');

  // A name without proof is shown as unverified, and changes no contact that exists (PITFALL-40).
  const { email } = (await team.get('/v1/contacts?limit=1')).items[0];
  await chat.getByPlaceholder('Your name').fill('Lucie');
  await chat.getByPlaceholder('Your e-mail address').fill(email);
  await chat.getByRole('button', { name: 'Save' }).click();
  await chat.getByText('Thank you, Lucie').waitFor();
  const { thread } = await team.get(`/v1/threads/${id}`);
  assert.deepEqual([thread.contact_name, thread.contact_verified], ['Lucie', false]);

  await answer(id, '<p>We do, in <b>spring</b>.</p>');
  await chat.getByText('spring', { exact: true }).waitFor();
  await chat.locator('input[type=file]').setInputFiles([
    { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('the room') },
    { name: 'big.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(27 * 1024 * 1024) },
  ]);
  await chat.getByText(/big\.bin is larger than/).waitFor();
  await stored('plan.txt');
  await say('Here is the room');
  await chat.getByText('plan.txt').first().waitFor();
  const { items } = await team.get(`/v1/threads/${id}/messages`);
  assert.deepEqual(items.at(-1).attachments.map((file) => file.name), ['plan.txt']);

  // Closed, the launcher counts what came in.
  await box.press('Escape');
  await answer(id, '<p>Are you still there?</p>');
  const launcher = page.locator('rapport-chat').getByRole('button').first();
  await page.waitForFunction(() => document.querySelector('rapport-chat').shadowRoot.textContent.includes('1'));
  await launcher.click();
  await chat.getByText('Are you still there?').waitFor();
  await shot(page, 'chat');

  await page.reload();
  await chat.getByText('Here is the room').waitFor();
  await chat.getByRole('button', { name: 'More' }).click();
  await chat.getByRole('button', { name: 'End the conversation' }).click();
  await chat.getByRole('button', { name: 'End it' }).click();
  await chat.getByText('The conversation has ended.').first().waitFor();
  assert.equal((await team.get(`/v1/threads/${id}`)).thread.status, 'closed');
  assert.deepEqual(page.complaints, []);
});

test('the link of a campaign opens the chat, by its fragment', async () => {
  const page = await newPage(browser);
  const chat = page.frameLocator('iframe');
  const box = chat.getByRole('textbox', { name: 'Your message' });
  const site = `${server.base}/demo-site/help.html?utm_campaign=spring`;
  await page.goto(site);
  await page.locator('rapport-chat').getByRole('button').waitFor();
  assert.equal(await page.locator('iframe').count(), 0, 'nothing is loaded unasked');
  for (const fragment of ['#hs-chat-open', '#rapport-open']) {
    await page.goto('about:blank');
    await page.goto(site + fragment);
    await box.waitFor();
  }
  // A link on the page itself, too.
  await box.press('Escape');
  await box.waitFor({ state: 'hidden' });
  await page.evaluate(() => (location.hash = 'hs-chat-open'));
  await box.waitFor();
  await box.fill('I come by your letter');
  await box.press('Enter');
  assert.equal((await threadOf('I come by your letter')).started_from, site, 'the team sees which campaign it was');
  assert.deepEqual(page.complaints, []);
  shows('a campaign opens the chat', 'sqlite', 'CONV-145', 'SYS-32');
});

test('what is written without a connection arrives once', async () => {
  const { page, chat, box, say } = await visit();
  await say('First, with a connection');
  const { id } = await threadOf('First, with a connection');
  await page.context().setOffline(true);
  await box.fill('Second, without one');
  await box.press('Enter');
  await answer(id, '<p>Said while you were away</p>');
  await page.waitForTimeout(1500);
  await page.context().setOffline(false);
  await chat.getByText('Said while you were away').waitFor({ timeout: 40_000 });
  await threadOf('Second, without one');
  const { items } = await team.get(`/v1/threads/${id}/messages`);
  const said = items.filter(({ kind }) => kind === 'message').map(({ text }) => text);
  assert.deepEqual([...said].sort(), ['First, with a connection', 'Said while you were away', 'Second, without one']);
});

test('two visitors never see each other, and reset forgets', async () => {
  // PITFALL-41
  const one = await visit();
  const two = await visit();
  await one.say('I am the first visitor');
  await two.say('I am the second visitor');
  await two.page.reload();
  await two.chat.getByText('I am the second visitor').waitFor();
  assert.equal(await two.chat.getByText('I am the first visitor').count(), 0);
  await one.page.evaluate(() => window.rapport.reset());
  await one.chat.getByText('I am the first visitor').waitFor({ state: 'detached' });
  await one.page.reload();
  await one.box.waitFor();
  assert.equal(await one.chat.getByText('I am the first visitor').count(), 0);
});

test('hostile text, name and file run nothing at the rep', async () => {
  const visitor = await visit();
  const attack = '<img src=x onerror="window.broken=1"><svg onload="window.broken=1"><script>window.broken=1</script>';
  await visitor.box.fill(attack);
  await visitor.box.press('Enter');
  await visitor.page.evaluate((name) => window.rapport.identify({ name }), '<img src=x onerror=window.broken=1>');
  const { id } = await threadOf('onerror');
  await visitor.chat.locator('input[type=file]').setInputFiles([
    { name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') },
  ]);
  await visitor.stored('a.svg');
  await visitor.say('See the file');
  const file = (await team.get(`/v1/threads/${id}/messages`)).items.at(-1).attachments[0];
  assert.equal(file.is_image, false, 'an SVG is not shown as an image');
  const download = await fetch(new URL(file.url, server.base));
  assert.match(download.headers.get('content-disposition'), /^attachment/);
  assert.match(download.headers.get('content-security-policy'), /sandbox/);

  const rep = await newPage(browser);
  await signIn(rep, server.base, PRIYA);
  await rep.goto(`${server.base}/inbox/all/all_open/${id}`);
  await rep.getByRole('log').getByText('See the file').waitFor();
  await rep.waitForTimeout(500);
  assert.equal(await rep.evaluate(() => window.broken), undefined);
  assert.equal(await visitor.page.frames()[1].evaluate(() => window.broken), undefined);
});

for (const [what, options] of [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['320 px', { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true }],
]) {
  test(`the chat is accessible and fits: ${what}`, async () => {
    const { page, say } = await visit(options);
    await say(`Hello, ${what}`);
    const frame = page.frames().find((each) => each.url().includes('/chat/'));
    assert.deepEqual(await findings(frame), []);
    assert.equal(await frame.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await shot(page, `chat-${what.replace(' ', '-')}`);
  });
}
