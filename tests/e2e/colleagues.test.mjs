// Several people in one inbox: who looks, who writes, whose turn it is; and a line that is cut and comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { ANA, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();

const log = (page) => page.getByRole('log');
const list = (page) => page.getByRole('region', { name: 'Conversations' });
const row = (page, text) => list(page).getByRole('link').filter({ hasText: text }).first();

async function open(email, id) {
  const page = await newPage(browser);
  await signIn(page, server.base, email);
  await page.goto(`${server.base}/inbox/all/all_open/${id}`);
  await log(page).locator('.message').first().waitFor();
  return page;
}

test('colleagues see who looks at a conversation and who writes in it', async () => {
  // PITFALL-30
  const visitor = await server.visitor();
  const { thread_id: id } = await visitor.says('Who can tell me about the delivery?');
  const priya = await open(PRIYA, id);
  const ana = await open(ANA, id);
  const line = priya.locator('.presence');
  await line.getByText('Ana Morel is also looking').waitFor();
  await ana.getByText('Priya Raman is also looking').waitFor();
  await ana.getByRole('textbox', { name: 'Write a reply' }).click();
  await ana.keyboard.type('I am on it');
  await line.getByText('Ana Morel is writing').waitFor();
  await shot(priya, 'colleague-writes');
  // Some seconds after the last key she merely looks again.
  await line.getByText('Ana Morel is also looking').waitFor();
  await ana.close();
  await eventually(async () => (await line.innerText()) === '', 'Ana is gone with her page');
  assert.deepEqual(priya.complaints, []);
});

test('each row tells whose turn it is', async () => {
  const question = 'Does the bench fold?';
  const visitor = await server.visitor();
  const { thread_id: id } = await visitor.says(question);
  const page = await newPage(browser);
  await signIn(page, server.base, PRIYA);
  await page.goto(`${server.base}/inbox/all/all_open`);
  await row(page, question).getByTitle('Waiting for your answer').waitFor();
  const api = await server.api(ANA);
  await api.post(`/v1/threads/${id}/comments`, { html: '<p>Ask the workshop</p>' });
  await row(page, 'Ask the workshop').getByTitle('Waiting for your answer').waitFor();
  await api.post(`/v1/threads/${id}/messages`, { html: '<p>It does not.</p>', attachment_ids: [], send_anyway: true });
  await row(page, 'It does not.').getByTitle('Answered').waitFor();
  await visitor.says('And the chair?');
  await row(page, 'And the chair?').getByTitle('Waiting for your answer').waitFor();
  await shot(page, 'turns');
  shows('whose turn it is', 'sqlite', 'INBOX-44');
});

/** What a page shows of the list and the open conversation, without times, which go on. */
const shown = (page) =>
  page.evaluate(() => {
    const words = (element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll('time, .new-line').forEach((each) => each.remove());
      return copy.textContent.replaceAll(/\s+/g, ' ').trim();
    };
    const rows = [...document.querySelectorAll('.list .row')].slice(0, 8);
    return {
      rows: rows.map((each) => `${each.className} ${words(each)}`),
      entries: [...document.querySelectorAll('[role=log] .message, [role=log] .activity')].map(words),
      views: [...document.querySelectorAll('.views .view')].map(words),
    };
  });

test('after a cut nothing is missing, and while it lasts the page says since when', async () => {
  const visitor = await server.visitor();
  const { thread_id: id } = await visitor.says('Before the cut');
  const page = await open(PRIYA, id);
  await page.context().setOffline(true);
  const banner = page.getByText('Offline since');
  await banner.waitFor();
  assert.match(await banner.innerText(), /Offline since \d\d:\d\d/);
  await shot(page, 'offline');
  const api = await server.api(ANA);
  await visitor.says('During the cut');
  await api.post(`/v1/threads/${id}/comments`, { html: '<p>Nobody answers yet</p>' });
  await api.post(`/v1/threads/${id}/assign`, { user_id: api.me.user.id, team_id: null });
  await api.post(`/v1/threads/${id}/messages`, { html: '<p>I do.</p>', attachment_ids: [], send_anyway: true });
  await (await server.visitor()).says('Another one during the cut');
  const { items } = await api.get('/v1/threads?view=all_open&limit=5');
  await api.post(`/v1/threads/${items[4].thread.id}/close`);
  await page.context().setOffline(false);
  await banner.waitFor({ state: 'detached', timeout: 40_000 });
  const fresh = await open(PRIYA, id);
  await log(fresh).getByText('I do.').waitFor();
  let last;
  await eventually(async () => {
    last = [await shown(page), await shown(fresh)];
    return JSON.stringify(last[0]) === JSON.stringify(last[1]);
  }, 'the page shows what a fresh one shows').catch(() => assert.deepEqual(last[0], last[1]));
  assert.ok(last[0].entries.length >= 4 && last[0].rows.length > 0);
  assert.deepEqual(page.complaints, []);
});
