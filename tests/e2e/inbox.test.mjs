// What a rep does in the inbox: views, the list, a conversation, its owner, links to messages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectAccessible, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { ANA, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();

const list = (page) => page.getByRole('region', { name: 'Conversations' });
const views = (page) => page.getByRole('navigation', { name: 'Views' });

test('inboxes and views', async () => {
  const page = await newPage(browser);
  await signIn(page, server.base, PRIYA);
  await views(page).getByRole('button', { name: 'All inboxes' }).click();
  // Priya is a member of one inbox and sees no other.
  await page.getByRole('menuitemradio', { name: 'Customer care' }).or(page.getByRole('menuitem', { name: 'Customer care' })).waitFor();
  assert.equal(await page.getByText('Sales', { exact: true }).count(), 0);
  await page.keyboard.press('Escape');
  for (const name of ['Unassigned', 'Assigned to me', 'All open', 'Chat']) {
    await views(page).getByRole('link', { name: new RegExp(`^${name}`) }).click();
    await list(page).getByRole('heading', { name }).waitFor();
    await list(page).getByRole('link').first().waitFor();
  }
  const closed = views(page).getByRole('link', { name: /^All closed/ });
  assert.equal(await closed.isVisible(), false, 'All closed stands under More');
  await views(page).getByText('More', { exact: true }).click();
  await closed.click();
  await list(page).getByRole('link').first().waitFor();
  await expectAccessible(page, 'the list of closed conversations');
  shows('inboxes and views', 'sqlite', 'INBOX-01', 'INBOX-20', 'INBOX-21', 'INBOX-28', 'INBOX-39');
});

test('a row of the list tells who, what, when and how', async () => {
  const api = await server.api(ANA);
  const { items } = await api.get('/v1/threads?view=all_open&limit=6');
  const page = await newPage(browser);
  await signIn(page, server.base, ANA);
  await views(page).getByRole('link', { name: /^All open/ }).click();
  for (const { thread } of items) {
    const row = list(page).getByRole('link').filter({ hasText: thread.preview.slice(0, 40) }).first();
    await row.waitFor();
    const text = await row.innerText();
    assert.ok(text.includes(thread.contact_name), `${text} names ${thread.contact_name}`);
    if (thread.participant_count > 1) assert.match(text, new RegExp(`\\b${thread.participant_count}\\b`));
    assert.equal(await row.locator('time').count(), 1, 'the time of the last message');
    assert.equal(await row.getByTitle('Chat').count(), 1, 'the channel');
  }
  const [{ thread }] = items;
  await api.post(`/v1/threads/${thread.id}/comments`, { html: '<p>Asked the workshop about it</p>' });
  await list(page).getByRole('link').filter({ hasText: 'Asked the workshop about it' }).first().waitFor();
  shows('a row of the list', 'sqlite', 'INBOX-42', 'INBOX-43', 'INBOX-45', 'INBOX-46', 'INBOX-47');
  shows('a comment in the list', 'sqlite', 'INBOX-48');
});

test('owner, links and a deep link', async () => {
  const page = await newPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(page, server.base, ANA);
  await views(page).getByRole('link', { name: /^Unassigned/ }).click();
  await list(page).getByRole('link').first().click();
  const log = page.getByRole('log');
  await log.locator('.message').first().waitFor();
  const thread = new URL(page.url()).pathname.split('/').pop();

  const owner = page.locator('.owner');
  await owner.getByRole('combobox').or(owner.getByRole('button')).first().click();
  await page.keyboard.type('Jonas');
  await page.getByRole('option', { name: /Jonas Weber/ }).first().click();
  const api = await server.api(ANA);
  await page.getByText(/Assigned to Jonas Weber/).first().waitFor();
  const assigned = (await api.get(`/v1/threads/${thread}`)).thread.owner_user_id;
  assert.equal((await api.get(`/v1/users/${assigned}`)).name, 'Jonas Weber');
  shows('the owner', 'sqlite', 'INBOX-73', 'INBOX-74', 'CONV-122');

  // CONV-121: the link icon turns the selected words into a hyperlink.
  await page.getByRole('textbox', { name: /reply/i }).click();
  await page.keyboard.type('our care guide');
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByLabel('Address').fill('https://www.atelier-sud.example/care');
  await page.getByRole('button', { name: 'Set link' }).click();
  await page.getByRole('button', { name: /^Send/ }).click();
  const link = log.getByRole('link', { name: 'our care guide' });
  await link.waitFor();
  assert.equal(await link.getAttribute('href'), 'https://www.atelier-sud.example/care');
  shows('a hyperlink', 'sqlite', 'CONV-121');

  // INBOX-96, 97: the link of a message takes a colleague straight to it.
  const message = log.locator('.message').first();
  await message.hover();
  await page.getByRole('button', { name: 'Message actions' }).first().click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await page.getByText('Link copied.').first().waitFor();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(address.startsWith(server.base), address);
  const colleague = await newPage(browser);
  await signIn(colleague, server.base, 'karim@atelier-sud.example');
  await colleague.goto(address);
  await colleague.getByRole('log').locator('.message').first().waitFor();
  await shot(colleague, 'deep-link');
  shows('a link to a message', 'sqlite', 'INBOX-96', 'INBOX-97');
});
