// Google's and Microsoft's calendars in the settings: signing in on a page of theirs, which calendars count, keeping both ways the
// same. Google's sign-in is emulate, its calendars are myworld, and a front makes one of both; Microsoft is the fake in
// tests/microsoft, whose page sends everybody back at once.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, expectAccessible, launch, openApp, shot, shows } from './browser.mjs';
import { startMailbox } from './mailbox.mjs';
import { ANA, PRIYA, freePort, startServer } from './server.mjs';

const programs = process.env.RAPPORT_TEST_PYTHON;
assert.ok(programs, 'RAPPORT_TEST_PYTHON is not set: run the browser’s tests with cargo xtask test');
const beside = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rapport-google-'));
const children = [];
let browser;
let server;
let mailbox;
after(async () => {
  await browser?.close();
  await server?.stop();
  await mailbox?.stop();
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program on a port of its own, and answers its address once it answers. */
async function start(name, program, options, stdout = 'ignore') {
  const port = await freePort();
  children.push(spawn(program, options(port), { cwd: folder, env: { ...process.env, HOME: folder }, stdio: ['ignore', stdout, 'ignore'] }));
  const at = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(at).then(() => true, () => false), `${name} answers`);
  return at;
}

const client = { client_id: 'rapport.apps.googleusercontent.com', client_secret: 'client secret' };
const appPort = (await freePort()) + 50;
const seed = { users: [{ email: 'rep@example.com', name: 'Rep' }], oauth_clients: [{ ...client, redirect_uris: [`http://127.0.0.1:${appPort}/connections/return`] }] };
writeFileSync(join(folder, 'google.json'), JSON.stringify({ google: seed }));
writeFileSync(join(folder, 'env.yaml'), `
name: calendars
task: none
servers:
  calendar:
    seed:
      user: {email: rep@example.com, name: Rep}
      timeZone: Europe/Paris
      calendars:
        - {id: side-1, summary: Side, acl: {rep@example.com: owner}}
        - {id: team@example.com, summary: Team, accessRole: reader}
`);
const signInAt = await start('emulate', process.execPath, (port) => [
  '--require', beside('../google/loopback.cjs'), beside('../google/node_modules/emulate/dist/index.js'), '-p', `${port}`, '-s', 'google', '--seed', 'google.json',
]);
const log = openSync(join(folder, 'log'), 'w');
const calendarsAt = await start('myworld', join(programs, 'myworld'), (port) => [
  'serve', '--host', '127.0.0.1', '--port', `${port}`, '--gateway', `${port + 1000}`, '--no-passthrough', '--ca-dir', 'ca', '--env', 'env.yaml',
], log);
closeSync(log);
const token = /export GOG_ACCESS_TOKEN=(\S+)/.exec(readFileSync(join(folder, 'log'), 'utf8'))[1];
const google = await start('the front of Google', process.execPath, (port) => [
  beside('../google/front.mjs'), `${port}`, signInAt, `${calendarsAt}/gw/www.googleapis.com/calendar/v3`, token,
]);
const microsoft = await start('the fake of Microsoft', process.execPath, (port) => [beside('../microsoft/node_modules/.fake/fake.js'), `${port}`]);

/** Tells a fake something, and answers what it says. */
async function tell(at, what, body) {
  const reply = await fetch(`${at}/fake/${what}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(reply.status, 200, await reply.clone().text());
  return reply.json();
}

const base = `http://127.0.0.1:${appPort}`;
mailbox = await startMailbox();
server = await startServer('sqlite', {
  port: appPort,
  more: {
    ...mailbox.settings,
    RAPPORT_GOOGLE__CLIENT_ID: client.client_id,
    RAPPORT_GOOGLE__CLIENT_SECRET: client.client_secret,
    RAPPORT_GOOGLE__ISSUER_URL: google,
    RAPPORT_GOOGLE__API_URL: `${google}/calendar/v3`,
    RAPPORT_MICROSOFT__CLIENT_ID: 'client',
    RAPPORT_MICROSOFT__CLIENT_SECRET: 'client secret',
    RAPPORT_MICROSOFT__AUTHORITY_URL: `${microsoft}/common/v2.0`,
    RAPPORT_MICROSOFT__API_URL: `${microsoft}/v1.0`,
  },
});
browser = await launch();

const open = (path, email) => openApp(browser, base, path, email);
const line = (page, name) => page.locator('.calendar-line').filter({ has: page.getByRole('heading', { name, exact: true }) });
const calendar = async (name, email) => {
  const { items } = await (await server.api(email)).get('/v1/calendar_accounts');
  return items.flatMap(({ calendars }) => calendars).find((one) => one.name === name);
};

async function signInWith(page, name) {
  await page.getByRole('button', { name: 'Connect calendars' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Connect calendars' });
  await dialog.getByRole('link', { name: `Sign in to ${name}` }).click();
}

test('a Google account is connected on Google’s page, and its calendars are chosen', async () => {
  const page = await open('/settings/calendars', ANA);
  await signInWith(page, 'Google Calendar');
  // Google's page: whose account it is, and what is asked for.
  await page.waitForURL((url) => url.port === new URL(signInAt).port);
  await page.getByText('rep@example.com').first().waitFor();
  await shot(page, 'google-consent');
  await page.getByRole('button', { name: /rep@example.com/ }).click();
  await page.waitForURL(`${base}/settings/calendars`);
  await line(page, 'rep@example.com').getByText('Default calendar').waitFor();
  await line(page, 'rep@example.com').getByText('Connected').waitFor();
  await page.getByText('cannot be added: Team').waitFor();
  await page.getByLabel('Add a calendar').selectOption({ label: 'Side' });
  await line(page, 'Side').waitFor();
  await eventually(async () => (await calendar('Side', ANA)).is_added, 'it is added');
  await expectAccessible(page, 'the calendars of Google');
  await shot(page, 'calendars-google');
  shows('a Google account is connected and its calendars are chosen', 'sqlite', 'MEET-02', 'MEET-04', 'MEET-08', 'MEET-09', 'MEET-10');
  await page.context().close();
});

/** Sends what a booking page would, without the page. */
async function ask(link, what, body) {
  const reply = await fetch(`${base}/v1/booking_pages/${link.slug}/${what}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  assert.ok(reply.ok, await reply.clone().text());
  return reply.json();
}

test('the mail of a new meeting leads its host to the contact and to the event in Google Calendar', async () => {
  const api = await server.api(ANA);
  const link = (await api.get('/v1/booking_links')).items.find(({ kind, owner_id }) => kind === 'personal' && owner_id === api.me.user.id);
  const [from, until] = [1, 14].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  const query = new URLSearchParams({ from, until, duration_minutes: '30' });
  const slot = await eventually(async () => (await ask(link, `slots?${query}`)).items[0], 'the calendars are read');
  const visitor = { first_name: 'Lou', last_name: 'Petit', email: 'lou@client.example', time_zone: 'Europe/Paris', has_consented: true, answers: [{ key: 'about', value: 'A table' }] };
  await ask(link, 'bookings', { starts_at: slot.starts_at, duration_minutes: 30, ...visitor });

  const isNotice = ({ subject }) => subject.startsWith('Lou Petit meets you');
  const mail = await eventually(() => mailbox.received(ANA).find(isNotice), 'the host is told');
  const [contact] = mail.text.match(/http\S+\/contacts\/\d+/);
  const [entry] = mail.text.match(/http\S+\/meetings\/\d+\/calendar-entry/);
  const page = await open('/inbox', ANA);
  await page.goto(contact);
  await page.getByRole('heading', { name: 'Lou Petit' }).first().waitFor();
  // Google's own page of the event, which the tests have no network for.
  await page.context().route('https://www.google.com/**', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>The event</h1>' }));
  await page.goto(entry);
  await page.getByRole('heading', { name: 'The event' }).waitFor();
  const { items } = await api.get('/v1/meetings?limit=200');
  const meeting = items.find(({ id }) => entry.includes(`/meetings/${id}/`));
  assert.equal(page.url(), meeting.calendar_entry_url);
  shows('the mail of a new meeting leads to its event', 'sqlite', 'MEET-93');
  await page.context().close();
});

test('both ways are switched on for Google, and it is said which calendars can', async () => {
  const page = await open('/settings/calendars', ANA);
  await line(page, 'rep@example.com').getByRole('switch', { name: 'Keep the same both ways' }).check();
  await eventually(async () => (await calendar('rep@example.com', ANA)).is_two_way, 'both ways are kept the same');
  const offers = await page.locator('dl.facts').evaluate((list) =>
    Object.fromEntries([...list.querySelectorAll('dt')].map((name) => [name.innerText, name.nextElementSibling.innerText])));
  assert.deepEqual(offers, {
    'CalDAV server': 'Both ways',
    'Google Calendar': 'Both ways',
    'Outlook and Office 365': 'Both ways',
    'Calendar feed (iCalendar)': 'Is only read',
  });

  // An event with a contact that is made there is a meeting here.
  const api = await server.api(ANA);
  const contact = await api.post('/v1/contacts', { name: 'Nora Newcomer', email: 'nora@client.example' });
  const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const time = (at) => ({ dateTime: `${day}T${at}:00Z`, timeZone: 'UTC' });
  const event = { summary: 'Tasting at the atelier', start: time('10:00'), end: time('10:30'), attendees: [{ email: 'nora@client.example' }] };
  await tell(google, 'change', { method: 'POST', calendar: 'rep@example.com', event });
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await eventually(async () => (await api.get(`/v1/meetings?contact_id=${contact.id}`)).items[0]?.title === event.summary, 'it is a meeting');
  await page.goto(`${base}/meetings`);
  await page.getByText('Tasting at the atelier').first().waitFor();
  shows('both ways are switched on for Google', 'sqlite', 'MEET-13', 'MEET-14', 'MEET-17', 'SYS-11');
  await page.context().close();
});

test('an Office 365 account is connected on Microsoft’s page', async () => {
  const user = { id: 'priya', displayName: 'Priya', mail: 'priya@example.com', userPrincipalName: 'priya@example.com' };
  await tell(microsoft, 'user', user);
  const own = { id: 'work', name: 'Work', isDefaultCalendar: true, canEdit: true, owner: { name: 'Priya', address: user.mail } };
  await tell(microsoft, 'calendar', { owner: 'priya', calendar: own });
  await tell(microsoft, 'mode', { signs_in: 'priya' });
  const page = await open('/settings/calendars', PRIYA);
  await signInWith(page, 'Outlook and Office 365');
  await page.waitForURL(`${base}/settings/calendars`);
  await line(page, 'Work').getByText('Default calendar').waitFor();
  await line(page, 'Work').getByText('Connected').waitFor();
  await expectAccessible(page, 'the calendars of Microsoft');
  shows('an Office 365 account is connected', 'sqlite', 'MEET-02', 'SYS-12');
  await page.context().close();
});
