// Writing to a contact: with files, in a taller editor, by keyboard alone, and when somebody else was faster.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { ANA, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();

const log = (page) => page.getByRole('log');
const editor = (page) => page.getByRole('textbox', { name: 'Write a reply' });

/** Priya, with a new conversation open in the page. */
async function openNew(text, options) {
  const visitor = await server.visitor();
  const { thread_id: id } = await visitor.says(text);
  const page = await newPage(browser, options);
  await options?.prepare?.(page);
  await signIn(page, server.base, PRIYA);
  await page.goto(`${server.base}/inbox/all/all_open/${id}`);
  await log(page).getByText(text).waitFor();
  await editor(page).waitFor();
  return { page, visitor, id };
}

test('files are dropped onto the composer, taken away again, and sent', async () => {
  const { page, id } = await openNew('Could you send me the plan?');
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['four legs'], 'plan.txt', { type: 'text/plain' }));
    transfer.items.add(new File(['not this one'], 'wrong.txt', { type: 'text/plain' }));
    return transfer;
  });
  const target = page.locator('.editor');
  await target.dispatchEvent('dragover', { dataTransfer: dropped });
  await page.locator('.editor.dragging').waitFor();
  await target.dispatchEvent('drop', { dataTransfer: dropped });
  const files = page.locator('.upload');
  await files.filter({ hasText: 'wrong.txt' }).getByRole('button', { name: 'Remove file' }).click();
  await files.filter({ hasText: 'wrong.txt' }).waitFor({ state: 'detached' });
  await files.filter({ hasText: 'plan.txt' }).waitFor();
  await page.getByRole('button', { name: /^Send/ }).click();
  const link = log(page).getByRole('link', { name: /plan\.txt/ });
  await link.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.equal(download.suggestedFilename(), 'plan.txt');
  const { items } = await (await server.api(ANA)).get(`/v1/threads/${id}/messages`);
  assert.deepEqual(items.at(-1).attachments.map(({ name }) => name), ['plan.txt']);
  assert.deepEqual(page.complaints, []);
});

test('the editor is dragged to a larger height, and stays so elsewhere', async () => {
  const { page } = await openNew('A long question');
  const text = page.locator('.editor-text');
  const height = async () => (await text.boundingBox()).height;
  const before = await height();
  const line = page.getByRole('separator', { name: 'Height of the editor' });
  await editor(page).click();
  await page.keyboard.type('What I have written so far');
  const from = await line.boundingBox();
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 60);
  await page.mouse.move(x, y - 140);
  await page.mouse.up();
  assert.equal(Math.round((await height()) - before), 140);
  await editor(page).getByText('What I have written so far').waitFor();
  await line.press('ArrowUp');
  assert.equal(Math.round((await height()) - before), 156, 'the arrows move it, too');
  const api = await server.api(PRIYA);
  await eventually(async () => (await api.get('/v1/me')).preferences.composer_height === before + 156, 'the height is saved');
  await shot(page, 'composer-tall');
  const elsewhere = await newPage(browser);
  await signIn(elsewhere, server.base, PRIYA);
  await elsewhere.goto(page.url());
  await editor(elsewhere).waitFor();
  assert.equal(Math.round((await elsewhere.locator('.editor-text').boundingBox()).height), before + 156);
  shows('a taller editor', 'sqlite', 'INBOX-72');
});

test('a reply that did not see newer messages comes back with them, and is sent anyway', async () => {
  // The line that tells of new messages stalls: the browser believes that it is connected. So does what it still fetches
  // after having connected, which would tell of them, too.
  let stalled = false;
  const { page, id, visitor } = await openNew('Is the bench in stock?', {
    prepare: async (page) => {
      await page.routeWebSocket(/\/v1\/live/, (socket) => {
        const behind = socket.connectToServer();
        behind.onMessage((frame) => stalled || socket.send(frame));
      });
      await page.route(/\/v1\/threads\/[^/]+\/messages/, async (route) => {
        if (route.request().method() !== 'GET') return route.continue();
        const response = await route.fetch();
        if (!stalled) await route.fulfill({ response });
      });
    },
  });
  stalled = true;
  const api = await server.api(ANA);
  await api.post(`/v1/threads/${id}/messages`, { html: '<p>It is, in oak.</p>', attachment_ids: [], send_anyway: true });
  await visitor.says('Oak is fine');
  await editor(page).click();
  await page.keyboard.type('Let me look that up.');
  await editor(page).getByText('Let me look that up.').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('There are newer messages than you had seen.').waitFor();
  await log(page).getByText('It is, in oak.').waitFor();
  await log(page).getByText('Oak is fine').waitFor();
  await editor(page).getByText('Let me look that up.').waitFor();
  await shot(page, 'composer-newer-messages');
  const said = async () => {
    const { items } = await api.get(`/v1/threads/${id}/messages`);
    return items.filter(({ kind }) => kind === 'message').map(({ text }) => text);
  };
  assert.deepEqual(await said(), ['Is the bench in stock?', 'It is, in oak.', 'Oak is fine'], 'nothing was sent yet');
  await page.getByRole('button', { name: 'Send anyway' }).click();
  await log(page).getByText('Let me look that up.').waitFor();
  await page.getByText('There are newer messages than you had seen.').waitFor({ state: 'detached' });
  await eventually(async () => (await said()).length === 4, 'the reply is stored');
  assert.deepEqual((await said()).at(-1), 'Let me look that up.');
  assert.deepEqual(page.complaints, []);
});

test('a whole reply by keyboard alone', async () => {
  const visitor = await server.visitor();
  const question = 'Which oil do you use?';
  const { thread_id: id } = await visitor.says(question);
  const page = await newPage(browser);
  // The names of colleagues come late; who signs in has a name from the start.
  let isAssigned;
  const assigned = new Promise((resolve) => {
    isAssigned = resolve;
  });
  await page.route('**/v1/users?*', async (route) => {
    await assigned;
    await route.continue();
  });
  await page.goto(`${server.base}/sign-in`);
  await page.getByLabel('Email').first().waitFor();
  const tabTo = async (target) => {
    for (let presses = 0; presses < 12; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('Tab does not lead there');
  };
  await tabTo(page.getByLabel('Email').first());
  await page.keyboard.type(PRIYA);
  await tabTo(page.getByLabel('Password').first());
  await page.keyboard.type('demo-password');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inbox**');

  await page.getByRole('link', { name: /^Unassigned/ }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await page.getByRole('heading', { name: 'Unassigned' }).waitFor();
  await page.getByRole('link').filter({ hasText: question }).first().waitFor();
  await page.keyboard.press('j');
  await log(page).getByText(question).waitFor();
  await page.keyboard.press('m');
  await page.getByText('Assigned to Priya Raman.').first().waitFor();
  isAssigned();
  await page.keyboard.press('r');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox');
  await page.keyboard.type('Linseed oil, twice a year.');
  await page.keyboard.press('Control+Enter');
  await log(page).getByText('Linseed oil, twice a year.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await page.getByText('Conversation closed.').first().waitFor();
  const { thread } = await (await server.api(ANA)).get(`/v1/threads/${id}`);
  assert.deepEqual([thread.status, thread.preview], ['closed', 'Linseed oil, twice a year.']);
  assert.deepEqual(page.complaints, []);
});

test('what a contact sends as a file runs nowhere', async () => {
  const visitor = await server.visitor();
  const attack = 'window.broken = 1; opener && (opener.broken = 1); alert(1)';
  const files = [
    await visitor.uploads('page.html', 'text/html', `<script>${attack}</script><body onload="${attack}">`),
    await visitor.uploads('logo.svg', 'image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg" onload="${attack}"/>`),
    await visitor.uploads('photo.png', 'image/png', `<html><script>${attack}</script></html>`),
  ];
  const { thread_id: id } = await visitor.says('Please open these', files);
  const page = await newPage(browser);
  page.on('dialog', (dialog) => page.complaints.push(`a dialog: ${dialog.message()}`) && dialog.dismiss());
  await signIn(page, server.base, PRIYA);
  await page.goto(`${server.base}/inbox/all/all_open/${id}`);
  await log(page).getByText('Please open these').waitFor();
  assert.equal(await log(page).locator('.attachments img').count(), 0, 'nothing of it is shown as an image');
  for (const name of ['page.html', 'logo.svg', 'photo.png']) {
    const link = log(page).getByRole('link', { name });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.equal(download.suggestedFilename(), name);
    // Whoever opens its address in a tab is offered to save it.
    const address = new URL(await link.getAttribute('href'), server.base).href;
    const tab = await page.context().newPage();
    await assert.rejects(tab.goto(address), /download/i);
    await tab.close();
  }
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.deepEqual(page.complaints, []);
});

test('a viewer reads and is offered nothing else', async () => {
  const api = await server.api('claire@atelier-sud.example');
  const { items } = await api.get('/v1/threads?view=all_open&limit=1');
  const page = await newPage(browser);
  await signIn(page, server.base, 'claire@atelier-sud.example');
  await page.goto(`${server.base}/inbox/all/all_open/${items[0].thread.id}`);
  await log(page).locator('.message').first().waitFor();
  await page.getByText('Your role lets you read conversations, not answer them.').waitFor();
  assert.equal(await page.getByRole('textbox').count(), 0);
  for (const name of [/^Send/, /^Close conversation|^Close E/, /^Attach/]) {
    assert.equal(await page.getByRole('button', { name }).count(), 0, `${name}`);
  }
  await page.keyboard.press('r');
  await page.keyboard.press('e');
  await page.keyboard.press('m');
  assert.equal(await page.getByRole('textbox').count(), 0);
  const { thread } = await api.get(`/v1/threads/${items[0].thread.id}`);
  assert.deepEqual([thread.status, thread.owner_user_id], ['open', items[0].thread.owner_user_id]);
  await shot(page, 'viewer');
  assert.deepEqual(page.complaints, []);
});
