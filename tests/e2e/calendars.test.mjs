// Calendars in the settings: connecting a real CalDAV server (Radicale) and a feed, which calendars count, unreachable ones.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { eventually, expectAccessible, launch, openApp, shot, shows } from './browser.mjs';
import { ANA, PRIYA, freePort, startServer } from './server.mjs';

const programs = process.env.RAPPORT_TEST_PYTHON;
assert.ok(programs, 'RAPPORT_TEST_PYTHON is not set: run the browser’s tests with cargo xtask test');
// A feed, as somebody publishes one.
const feedFile = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Rapport//tests//EN', 'BEGIN:VEVENT', 'UID:fair@example.org',
  'DTSTAMP:20260301T000000Z', 'DTSTART:20310701T090000Z', 'DTEND:20310701T170000Z', 'SUMMARY:Fair', 'END:VEVENT', 'END:VCALENDAR', ''];
let feedFails = false;
const feed = createServer((request, reply) => {
  reply.statusCode = feedFails ? 503 : 200;
  reply.setHeader('content-type', 'text/calendar').end(feedFails ? '' : feedFile.join('\r\n'));
}).listen(await freePort(), '127.0.0.1');
await once(feed, 'listening');

// Once the feed has its own: a port counts as free until somebody listens.
const folder = mkdtempSync(join(tmpdir(), 'rapport-radicale-'));
const port = await freePort();
const caldav = `http://127.0.0.1:${port}`;
const user = { name: 'ana', password: 'her password' };
writeFileSync(join(folder, 'users'), `${user.name}:${user.password}\n`);
writeFileSync(join(folder, 'config'), `[server]
hosts = 127.0.0.1:${port}
[auth]
type = htpasswd
htpasswd_filename = ${join(folder, 'users')}
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = ${join(folder, 'collections')}
`);
let radicale;
async function startRadicale() {
  radicale = spawn(join(programs, 'radicale'), ['-C', join(folder, 'config')], { stdio: 'ignore' });
  await eventually(() => fetch(caldav).then(() => true, () => false), 'Radicale answers');
}
async function stopRadicale() {
  const ended = once(radicale, 'exit');
  radicale.kill();
  await ended;
}

let browser;
let server;
after(async () => {
  await browser?.close();
  await server?.stop();
  feed.close();
  if (radicale?.exitCode === null) await stopRadicale();
  rmSync(folder, { recursive: true, force: true });
});
await startRadicale();
for (const name of ['Work', 'Home']) {
  const reply = await fetch(`${caldav}/${user.name}/${name.toLowerCase()}/`, {
    method: 'MKCALENDAR',
    headers: { authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}` },
    body: `<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
      <D:displayname>${name}</D:displayname></D:prop></D:set></C:mkcalendar>`,
  });
  assert.equal(reply.status, 201, `MKCALENDAR answers ${reply.status}`);
}
server = await startServer('sqlite', { more: { RAPPORT_OUTGOING__ALLOWED_PRIVATE: '127.0.0.1' } });
browser = await launch();

const open = (path, email = ANA) => openApp(browser, server.base, path, email);
const line = (page, name) => page.locator('.calendar-line').filter({ has: page.getByRole('heading', { name, exact: true }) });
const accounts = async (email = ANA) => (await (await server.api(email)).get('/v1/calendar_accounts')).items;
const calendar = async (name) => (await accounts()).flatMap(({ calendars }) => calendars).find((one) => one.name === name);

async function connectDialog(page) {
  await page.getByRole('button', { name: 'Connect calendars' }).first().click();
  return page.getByRole('dialog', { name: 'Connect calendars' });
}

test('a CalDAV server is connected, and its calendars are chosen', async () => {
  const page = await open('/settings/calendars');
  await page.getByText('No calendar is connected').waitFor();
  await page.getByText('Outlook and Office 365').waitFor();
  await expectAccessible(page, 'no calendars');
  const dialog = await connectDialog(page);
  await dialog.getByLabel('Address of the server').fill(caldav);
  await dialog.getByLabel('User name').fill(user.name);
  await dialog.getByLabel('Password').fill('something else');
  await expectAccessible(page, 'the dialog that connects calendars');
  await dialog.getByRole('button', { name: 'Connect calendars' }).click();
  await eventually(async () => (await dialog.locator('.form-error, .error').allInnerTexts()).some((text) => text.trim()), 'it says what is wrong');
  assert.equal(await dialog.getByLabel('User name').inputValue(), user.name, 'nothing that was typed is lost');
  assert.equal(await dialog.getByRole('link', { name: /Sign in to/ }).count(), 0, 'what is not configured is not offered');
  await dialog.getByLabel('Password').fill(user.password);
  await dialog.getByRole('button', { name: 'Connect calendars' }).click();
  await dialog.waitFor({ state: 'hidden' });

  for (const name of ['Work', 'Home']) {
    await eventually(() => calendar(name), `${name} is known`);
    if (!(await calendar(name)).is_added) await page.getByLabel('Add a calendar').selectOption({ label: name });
    await line(page, name).waitFor();
  }
  await line(page, 'Home').getByRole('switch', { name: 'Write meetings to this calendar' }).check();
  await eventually(async () => (await calendar('Home')).is_default && !(await calendar('Work')).is_default, 'Home is the default');
  await line(page, 'Home').getByText('Default calendar').waitFor();
  await line(page, 'Home').getByRole('switch', { name: 'Keep the same both ways' }).check();
  await eventually(async () => (await calendar('Home')).is_two_way, 'it is kept the same both ways');
  await line(page, 'Home').getByText(/^Read /).waitFor();
  await expectAccessible(page, 'calendars');
  await shot(page, 'calendars');
  shows('a CalDAV server is connected and its calendars are chosen', 'sqlite', 'MEET-08', 'MEET-09', 'MEET-13', 'MEET-17');
  await page.context().close();
});

test('a calendar that cannot be reached is red, and is well again when the page is refreshed', async () => {
  const page = await open('/settings/calendars');
  await line(page, 'Home').getByText('Connected').waitFor();
  await stopRadicale();
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await page.locator('.calendar-account.failing').waitFor();
  await page.getByText('A calendar cannot be read.').waitFor();
  await expectAccessible(page, 'a calendar that cannot be reached');
  await shot(page, 'calendars-unreachable');
  await startRadicale();
  await page.reload();
  await page.locator('.calendar-account').waitFor();
  await page.locator('.calendar-account.failing').waitFor({ state: 'detached' });
  await line(page, 'Home').getByText('Connected').waitFor();
  shows('an unreachable calendar is red and recovers on refresh', 'sqlite', 'MEET-101', 'MEET-103');
  await page.context().close();
});

test('a feed is read alone, and an unreachable one is removed with its X', async () => {
  const page = await open('/settings/calendars', PRIYA);
  const dialog = await connectDialog(page);
  await dialog.getByLabel('Where it is kept').selectOption({ label: 'Calendar feed (iCalendar)' });
  await dialog.getByLabel('Address of the feed').fill(`http://127.0.0.1:${feed.address().port}/fair.ics`);
  await dialog.getByLabel('Name').fill('Fairs');
  await dialog.getByRole('button', { name: 'Connect calendars' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('A feed can only be read.').waitFor();
  assert.ok(await page.getByRole('switch', { name: 'Keep the same both ways' }).isDisabled());
  feedFails = true;
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await page.locator('.calendar-account.failing').waitFor();
  await page.locator('.calendar-account > header').getByRole('button', { name: 'Remove Fairs' }).click();
  const confirm = page.getByRole('dialog', { name: 'Remove Fairs?' });
  await confirm.getByText('Cancel', { exact: true }).click();
  assert.equal((await accounts(PRIYA)).length, 1);
  await page.locator('.calendar-account > header').getByRole('button', { name: 'Remove Fairs' }).click();
  await confirm.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('No calendar is connected').waitFor();
  assert.deepEqual(await accounts(PRIYA), []);
  shows('an unreachable calendar is removed', 'sqlite', 'MEET-102');
  await page.context().close();
});

test('calendars of others are named, and cannot be added', async () => {
  const page = await open('/inbox');
  const [account] = await accounts();
  const other = { ...account.calendars[0], id: '1', name: 'Team holidays', is_owned: false, is_added: false, is_default: false };
  const items = [{ ...account, calendars: [...account.calendars, other] }];
  await page.route('**/v1/calendar_accounts', (route) => route.fulfill({ json: { items } }));
  await page.goto(`${server.base}/settings/calendars`);
  await page.getByText('cannot be added: Team holidays').waitFor();
  assert.equal(await page.getByRole('option', { name: 'Team holidays' }).count(), 0);
  await expectAccessible(page, 'calendars of others');
  shows('calendars of others cannot be added', 'sqlite', 'MEET-10');
  await page.context().close();
});
