// Settings and profile: the chat's look and code, what a user is told about, and what is not left unsaved by accident.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectAccessible, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { ANA, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();

test('who may not read conversations sees the settings that are theirs', async () => {
  const api = await server.api(ANA);
  const role = await api.post('/v1/roles', { name: 'Staffing', permissions: ['manage_teams'] });
  const users = (await api.get('/v1/users?limit=200')).items;
  const manager = users.find(({ state, email }) => state === 'active' && email !== ANA);
  await api.patch(`/v1/users/${manager.id}`, { role_id: role.id });
  const team = (await api.get('/v1/teams')).items[0];
  const page = await newPage(browser);
  await signIn(page, server.base, manager.email);
  await page.goto(`${server.base}/settings/teams`);
  await page.getByRole('cell', { name: team.name, exact: true }).waitFor();
  await expectAccessible(page, 'the teams, for who may not read conversations');
  await api.patch(`/v1/users/${manager.id}`, { role_id: manager.role_id });
});

test('what is not saved is not left by accident', async () => {
  const page = await newPage(browser);
  await signIn(page, server.base, ANA);
  await page.goto(`${server.base}/profile`);
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.waitForURL('**/settings');
  const name = page.getByRole('textbox', { name: /company/i }).first();
  await name.fill('Atelier Nord');
  await page.getByText('You have changes that are not saved.').waitFor();
  let asked = 0;
  let leaves = false;
  page.on('dialog', (dialog) => {
    asked += 1;
    return leaves ? dialog.accept() : dialog.dismiss();
  });
  const stays = async (act, times) => {
    await act();
    for (let attempt = 0; asked < times; attempt += 1) {
      assert.ok(attempt < 50, `asked ${asked} times, not ${times}`);
      await page.waitForTimeout(100);
    }
    await page.waitForTimeout(200);
    assert.equal(new URL(page.url()).pathname, '/settings');
    assert.equal(await name.inputValue(), 'Atelier Nord');
  };
  await stays(() => page.getByRole('link', { name: 'Inbox' }).first().click(), 1);
  await stays(async () => {
    await name.evaluate((element) => element.blur());
    await page.keyboard.press('g');
    await page.keyboard.press('p');
  }, 2);
  await stays(() => page.evaluate(() => history.back()), 3);
  leaves = true;
  await page.evaluate(() => history.back());
  await page.getByRole('heading', { name: 'Profile' }).first().waitFor();
  assert.equal(new URL(page.url()).pathname, '/profile');
  assert.equal(asked, 4);
  assert.deepEqual(page.complaints, []);
});

test('the chat is made to look like the brand, and its code is copied', async () => {
  const api = await server.api(ANA);
  const widget = (await api.get('/v1/chat_widgets')).items[0];
  const page = await newPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(page, server.base, ANA);
  await page.goto(`${server.base}/settings/chat/${widget.id}`);
  const color = page.getByRole('textbox', { name: /colou?r/i }).first();
  await color.fill('#0a5c4f');
  await color.press('Tab');
  await page.locator('iframe[src*="0a5c4f"]').first().waitFor();
  await page.getByRole('button', { name: /^Save/ }).first().click();
  for (let attempt = 0; ; attempt += 1) {
    const now = await api.get(`/v1/chat_widgets/${widget.id}`);
    if (now.style.color === '#0a5c4f') break;
    assert.ok(attempt < 50, `the colour is still ${now.style.color}`);
    await page.waitForTimeout(100);
  }
  await page.getByRole('tab', { name: /code/i }).click();
  await page.getByRole('button', { name: /^Copy/ }).first().click();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(code.includes(`data-widget="${widget.id}"`) && code.includes('/embed/rapport.js'), code);
  await shot(page, 'tracking-code');
  shows('the chat of a brand', 'sqlite', 'CONV-42', 'CONV-59');
});

test('a user is told of a new conversation, as preferred', async () => {
  const api = await server.api(PRIYA);
  const page = await newPage(browser);
  await signIn(page, server.base, PRIYA);
  const unread = async () => (await api.get('/v1/notifications/unread')).count;
  const before = await unread();
  const widget = (await (await server.api(ANA)).get('/v1/chat_widgets')).items.find(({ name }) => name === 'Website');
  const start = async (text) => {
    const session = await (await fetch(`${server.base}/v1/visitor_sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ widget_id: widget.id, language: 'en', time_zone: 'Europe/Paris' }),
    })).json();
    const reply = await fetch(`${server.base}/v1/visitor/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${session.token}` },
      body: JSON.stringify({ text, client_id: 'one', page_url: null }),
    });
    assert.equal(reply.status, 201);
  };
  await start('Do you repair chairs of other makers?');
  await page.getByRole('button', { name: /notification/i }).first().click();
  await page.getByText('Do you repair chairs of other makers?').first().waitFor();
  assert.equal(await unread(), before + 1);

  await page.goto(`${server.base}/profile`);
  const choice = page.locator('select').filter({ has: page.locator('option[value="nothing"]') });
  await choice.selectOption('nothing');
  for (let attempt = 0; (await api.get('/v1/me')).preferences.notify_about !== 'nothing'; attempt += 1) {
    assert.ok(attempt < 50, 'the preference was not saved');
    await page.waitForTimeout(100);
  }
  const quiet = await unread();
  await start('And tables?');
  assert.equal(await unread(), quiet);
  shows('notifications as preferred', 'sqlite', 'CONV-140', 'CONV-141');
});
