// Meetings: their list, the page of each, scheduling from a contact's record, the timeline, and requests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, openApp, serverAndBrowser, shot, shows } from './browser.mjs';
import { ANA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const HOUR = 3_600_000;
const row = (page, title) => page.locator('.meeting-row', { hasText: title });
const view = (page, name) => page.getByRole('button', { name, exact: true });

/** A page in Paris, so that the two zones differ wherever the tests run. */
const open = (path, { email = ANA, ...options } = {}) =>
  openApp(browser, server.base, path, email, { timezoneId: 'Europe/Paris', permissions: ['clipboard-read', 'clipboard-write'], ...options });

/** A contact, and a meeting with it that begins so many hours from now, on a full hour. */
async function scheduled(api, title, hours, more = {}) {
  const key = title.toLowerCase().replaceAll(/\W+/g, '-');
  const contact = await api.post('/v1/contacts', { name: `Nadia ${title}`, email: `${key}@walnut.example` });
  const starts_at = new Date(Math.floor(Date.now() / HOUR) * HOUR + hours * HOUR).toISOString();
  const meeting = await api.post('/v1/meetings', {
    contact_id: contact.id, starts_at, duration_minutes: 30, time_zone: 'America/Los_Angeles', title, language: 'en', ...more,
  });
  return { contact, meeting };
}

test('meetings stand by day, in both zones, and are found by host and contact', async () => {
  const api = await server.api(ANA);
  const { contact } = await scheduled(api, 'Walnut desk', 48);
  // Nothing of the demo's begins between the two.
  await scheduled(api, 'Oak chair', 48.01);
  const page = await open('/meetings');
  await page.getByRole('link', { name: 'Meetings' }).first().waitFor();
  await row(page, 'Walnut desk').getByText('Los Angeles').waitFor();
  await row(page, 'Walnut desk').getByText('Nadia Walnut desk').waitFor();
  await row(page, 'Walnut desk').getByText('Booked').waitFor();
  assert.ok(await page.locator('.meeting-day > h2').count() >= 2, 'each day has a heading');
  await expectAccessible(page, 'the list of meetings');
  await shot(page, 'meetings');

  await row(page, 'Walnut desk').focus();
  await page.keyboard.press('ArrowDown');
  await eventually(() => row(page, 'Oak chair').evaluate((link) => link === document.activeElement), 'the arrow goes on');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Walnut desk' }).waitFor();

  await page.goto(`${server.base}/meetings?contact_id=${contact.id}`);
  await row(page, 'Walnut desk').waitFor();
  assert.equal(await row(page, 'Oak chair').count(), 0);
  await page.goto(`${server.base}/meetings`);
  // Somebody who is no host in the demo either.
  await page.getByLabel('Host', { exact: true }).selectOption({ label: 'Mei Tanaka' });
  await page.getByText('No meetings here').waitFor();
  await view(page, 'Past').click();
  await page.getByText('Meetings that are over stand here').waitFor();
  await page.context().close();
});

test('a meeting that changes elsewhere changes on the screen', async () => {
  const api = await server.api(ANA);
  const { meeting } = await scheduled(api, 'Live lamp', 50);
  const page = await open('/meetings');
  await row(page, 'Live lamp').waitFor();
  await api.put(`/v1/meetings/${meeting.id}`, { title: 'Live lantern' });
  await row(page, 'Live lantern').waitFor();
  await api.post(`/v1/meetings/${meeting.id}/cancel`, { reason: 'The lamp is broken' });
  await row(page, 'Live lantern').waitFor({ state: 'detached' });
  await view(page, 'Cancelled').click();
  await row(page, 'Live lantern').click();
  await page.getByText('The lamp is broken').waitFor();
  await expectAccessible(page, 'a meeting that was called off');
  await page.context().close();
});

test('a meeting is moved over another one with a warning, changed, and called off', async () => {
  const api = await server.api(ANA);
  const { meeting } = await scheduled(api, 'Movable bench', 26);
  const { meeting: other } = await scheduled(api, 'Fixed bench', 30);
  const page = await open(`/meetings/${meeting.id}`);
  await page.getByText(/Pacific .* \(America\/Los Angeles\)/).waitFor();
  await page.getByText(/Central European .* \(Europe\/Paris\)/).waitFor();
  await page.getByText('In no calendar').waitFor();
  await expectAccessible(page, 'a meeting');
  await shot(page, 'meeting');

  await page.getByRole('button', { name: 'Reschedule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reschedule' });
  const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });
  const [day, time] = paris.format(new Date(other.starts_at)).split(' ');
  await dialog.getByLabel('Day').fill(day);
  await dialog.getByLabel('Time', { exact: true }).fill(time);
  await dialog.getByText('At the same time: Fixed bench').waitFor();
  await dialog.getByLabel('Length (minutes)').fill('45');
  await dialog.getByLabel('Reason').fill('The bench comes later');
  await expectAccessible(page, 'the dialog that moves a meeting');
  await dialog.getByRole('button', { name: 'Reschedule' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const moved = await api.get(`/v1/meetings/${meeting.id}`);
  assert.equal(Date.parse(moved.starts_at), Date.parse(other.starts_at));
  assert.equal(Date.parse(moved.ends_at) - Date.parse(moved.starts_at), 45 * 60_000);

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Edit meeting' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit meeting' });
  await edit.getByText('Another description stays here').waitFor();
  await edit.getByLabel('Title').fill('Moved bench');
  await edit.getByLabel('Location').fill('Workshop, Lyon');
  await edit.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Moved bench' }).waitFor();
  await page.getByText('Workshop, Lyon').waitFor();
  await page.getByRole('button', { name: 'Copy the contact’s facts' }).click();
  await eventually(async () => (await page.evaluate(() => navigator.clipboard.readText())).includes('Nadia Movable bench'), 'the facts are copied');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Cancel meeting' }).click();
  const cancel = page.getByRole('dialog', { name: 'Cancel this meeting?' });
  await cancel.getByLabel('Reason').fill('No bench');
  await cancel.getByRole('button', { name: 'Cancel meeting' }).click();
  await page.locator('.meeting-badges').getByText('Cancelled').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Reschedule' }).count(), 0);
  shows('a meeting is moved, changed and called off', 'sqlite', 'MEET-15');
  await page.context().close();
});

test('what came of a meeting is said, and taken back', async () => {
  const api = await server.api(ANA);
  const soon = Date.now() + 3_000;
  const { meeting, contact } = await scheduled(api, 'Past polish', 0, { starts_at: new Date(soon).toISOString() });
  const page = await open('/meetings');
  // Before it begins nothing came of it.
  await eventually(() => Date.now() > soon + 500, 'it has begun');
  await page.goto(`${server.base}/meetings/${meeting.id}`);
  const noShow = page.getByRole('button', { name: 'No-show' });
  await noShow.click();
  await page.locator('.meeting-badges').getByText('No-show').waitFor();
  assert.equal((await api.get(`/v1/meetings/${meeting.id}`)).outcome, 'no_show');
  await noShow.click();
  await eventually(async () => (await api.get(`/v1/meetings/${meeting.id}`)).outcome === null, 'nothing is said again');
  await page.getByRole('button', { name: 'Completed' }).click();
  await page.locator('.meeting-badges').getByText('Completed').waitFor();
  await page.goto(`${server.base}/contacts/${contact.id}`);
  await page.locator('.timeline').getByText('Meeting completed:').waitFor();
  await page.locator('.timeline').getByText(/Meeting booked for/).waitFor();
  await page.locator('.timeline').getByRole('link', { name: 'Past polish' }).first().click();
  await page.waitForURL(`**/meetings/${meeting.id}`);
  await page.context().close();
});

test('a meeting is scheduled from a contact’s record, which says that no calendar takes it', async () => {
  const api = await server.api(ANA);
  const contact = await api.post('/v1/contacts', { name: 'Theo Ash', email: 'theo@ash.example' });
  const page = await open(`/contacts/${contact.id}`);
  await page.getByText('No meetings yet.').waitFor();
  await page.getByRole('button', { name: 'Schedule a meeting' }).click();
  const dialog = page.getByRole('dialog', { name: 'Schedule a meeting' });
  await dialog.getByText('the meeting is only added to the contact’s record').waitFor();
  await dialog.getByText('It may overlap other meetings').waitFor();
  await dialog.getByLabel('Title').fill('Ash table');
  await dialog.getByLabel('Day').fill('2031-07-01');
  await dialog.getByLabel('Time', { exact: true }).fill('09:00');
  await dialog.getByLabel('Length (minutes)').fill('3');
  await dialog.getByText('A meeting takes 5 to 1440 minutes.').waitFor();
  await dialog.getByLabel('Length (minutes)').fill('60');
  const zone = dialog.getByRole('combobox', { name: 'Time zone' });
  await zone.fill('los angeles');
  await dialog.getByRole('option', { name: 'America/Los Angeles' }).click();
  await dialog.getByText(/For you: .*06:00.PM/).waitFor();
  await dialog.getByLabel('Guests').fill('a@ash.example, b@ash.example');
  await dialog.getByLabel('Reminder 3').selectOption({ label: '15 minutes before' });
  await expectAccessible(page, 'the dialog that schedules a meeting');
  await shot(page, 'schedule');
  await dialog.getByRole('button', { name: 'Schedule a meeting' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: /Ash table/ }).first().waitFor();
  const [meeting] = (await api.get(`/v1/meetings?contact_id=${contact.id}`)).items;
  assert.equal(Date.parse(meeting.starts_at), Date.parse('2031-07-01T16:00:00Z'), 'nine o’clock in Los Angeles');
  assert.deepEqual(meeting.guests.map(({ email }) => email), ['a@ash.example', 'b@ash.example']);
  assert.equal(meeting.calendar_entry, 'none');
  await expectAccessible(page, 'a contact with meetings');
  shows('a meeting is scheduled from a record without a calendar', 'sqlite', 'MEET-16');
  await page.context().close();
});

test('requests are shown, answered and marked', async () => {
  const page = await open('/meetings/requests');
  await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
  await page.getByText('No requests', { exact: true }).waitFor();
  await expectAccessible(page, 'no requests');
  // What is answered here is a reply of the contract: a calendar that cannot be reached is in calendars.test.mjs.
  const request = {
    id: '1', booking_link_id: '2', contact_id: '3', contact_name: 'Iris Elm', contact_email: 'iris@elm.example',
    message: 'Tuesday after four\nor Friday', time_zone: 'Asia/Kolkata', handled_at: null, created_at: new Date().toISOString(),
  };
  let handled = false;
  await page.route('**/v1/meeting_requests?*', (route) => {
    const open = new URL(route.request().url()).searchParams.get('open') === 'true';
    const items = handled && open ? [] : [{ ...request, handled_at: handled ? request.created_at : null }];
    return route.fulfill({ json: { items, next_cursor: null } });
  });
  await page.route('**/v1/meeting_requests/1/handle', (route) => {
    handled = true;
    return route.fulfill({ json: { ...request, handled_at: request.created_at } });
  });
  await page.reload();
  await page.getByText('Tuesday after four').waitFor();
  await page.getByText('Asia/Kolkata').waitFor();
  const mail = new URL(await page.getByRole('link', { name: 'Reply by e-mail' }).getAttribute('href'));
  assert.equal(decodeURIComponent(mail.pathname), 'iris@elm.example');
  assert.match(mail.searchParams.get('body'), /> Tuesday after four\r\n> or Friday/);
  assert.equal(await page.getByRole('link', { name: 'Iris Elm' }).getAttribute('href'), '/contacts/3');
  await expectAccessible(page, 'a request');
  await page.getByRole('button', { name: 'Mark as taken care of' }).click();
  await page.getByText('No requests', { exact: true }).waitFor();
  await view(page, 'All').click();
  await page.getByText('Taken care of').first().waitFor();
  await page.context().close();
});

test('who is waited for confirms or declines, and a deleted entry is asked about', async () => {
  const api = await server.api(ANA);
  const { meeting } = await scheduled(api, 'Pending pine', 60);
  const page = await open('/inbox');
  // States that take a guest and a calendar, as the contract has them; the server's part is in tests/api/booking.
  let shown = { ...meeting, state: 'pending' };
  const asked = [];
  await page.route(`**/v1/meetings/${meeting.id}`, (route) => route.fulfill({ json: shown }));
  await page.route(`**/v1/meetings/${meeting.id}/*`, (route) => {
    const verb = new URL(route.request().url()).pathname.split('/').at(-1);
    asked.push([verb, route.request().postDataJSON()?.reason]);
    if (verb === 'confirm') shown = { ...shown, state: 'booked' };
    if (verb === 'keep') shown = { ...shown, calendar_entry: 'writing' };
    if (verb === 'decline') shown = { ...shown, state: 'declined', reason: 'Too early' };
    return route.fulfill({ json: shown });
  });
  await page.goto(`${server.base}/meetings/${meeting.id}`);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.locator('.meeting-badges').getByText('Booked').waitFor();

  shown = { ...shown, calendar_entry: 'missing' };
  await page.reload();
  await page.getByText('It was deleted in your calendar.').waitFor();
  await expectAccessible(page, 'the question about a deleted entry');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByText('It was deleted in your calendar.').waitFor({ state: 'detached' });
  await page.getByText('Being written').waitFor();

  shown = { ...shown, state: 'pending', calendar_entry: 'none' };
  await page.reload();
  await page.getByRole('button', { name: 'Decline' }).click();
  const dialog = page.getByRole('dialog', { name: 'Decline this meeting?' });
  await dialog.getByLabel('Reason').fill('Too early');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await page.locator('.meeting-badges').getByText('Declined').waitFor();
  assert.deepEqual(asked, [['confirm', undefined], ['keep', undefined], ['decline', 'Too early']]);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
