// From a link made in the app to what both sides hold after a booking: page, invitation, the host's mail, webhooks;
// and what happens while a calendar cannot be reached.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { eventually, expectAccessible, launch, newPage, openApp, shot, shows } from './browser.mjs';
import { startMailbox } from './mailbox.mjs';
import { ANA, PRIYA, freePort, startServer } from './server.mjs';

// A feed that can stop answering, and a receiver of webhooks.
let feedFails = false;
const posted = [];
const feedText = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Rapport//tests//EN', 'END:VCALENDAR', ''].join('\r\n');
const other = createServer((request, reply) => {
  if (request.method === 'POST') {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      posted.push(JSON.parse(Buffer.concat(parts).toString()));
      reply.writeHead(204).end();
    });
    return;
  }
  reply.statusCode = feedFails ? 503 : 200;
  reply.setHeader('content-type', 'text/calendar').end(feedFails ? '' : feedText);
});
const otherPort = await freePort();
await new Promise((resolve) => other.listen(otherPort, '127.0.0.1', resolve));

let browser;
let server;
let mailbox;
after(async () => {
  await browser?.close();
  await server?.stop();
  await mailbox?.stop();
  other.close();
});
mailbox = await startMailbox();
server = await startServer('sqlite', { more: { RAPPORT_OUTGOING__ALLOWED_PRIVATE: '127.0.0.1', ...mailbox.settings } });
browser = await launch();

const open = (path, email = ANA) => openApp(browser, server.base, path, email);

const step = (page, name) => page.locator('.stepper').getByRole('button', { name });
const field = (page, name) => page.getByRole('textbox', { name, exact: true });

/** Chooses a time of the second day that has some, fills the form in, and books. Answers the page. */
async function book(address, email = 'lou@client.example') {
  const page = await newPage(browser, { locale: 'en-GB', timezoneId: 'Europe/Paris' });
  await page.goto(address);
  await page.locator('.book-day.has').nth(1).click();
  await page.locator('.book-times [data-time]').first().click();
  await page.getByRole('button', { name: /^Next, with/ }).click();
  await field(page, 'First name').fill('Lou');
  await field(page, 'Last name').fill('Petit');
  await field(page, 'E-mail').fill(email);
  return page;
}

async function confirm(page) {
  await page.getByRole('button', { name: 'Book the meeting' }).click();
  await page.getByRole('heading', { name: 'It is booked' }).waitFor();
}

/** Adds a webhook in the settings that is told of every event. */
async function addWebhook() {
  const page = await open('/settings/webhooks');
  await page.getByRole('button', { name: 'Add a webhook' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${otherPort}/hook`);
  await form.getByRole('button', { name: 'Add a webhook' }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.context().close();
}

/** Makes a link in the editor that says where, what it is about, and how the invitation is named; its address. */
async function makeLink() {
  const page = await open('/meetings/links/new');
  await field(page, 'Internal name').fill('Showroom visit');
  await field(page, 'Title').fill('Visit our showroom');
  await field(page, 'Location').fill('Workshop, 4 rue des Lices, Lyon');
  await field(page, 'Subject of the invitation').fill('Visit of ');
  await page.getByRole('button', { name: 'Insert', exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Whole name of the contact' }).click();
  assert.equal(await field(page, 'Subject of the invitation').inputValue(), 'Visit of {{contact.name}}');
  await field(page, 'Description of the invitation').fill('Bring a drawing of the room, {{contact.first_name}}.');
  await step(page, 'Form questions').click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  const address = page.locator('.booking-link', { hasText: 'Showroom visit' }).locator('.address');
  const url = await address.innerText();
  await page.context().close();
  return url;
}

/** What the webhook was told, and what the host's and the contact's mails say of the meeting. */
async function everybodyIsTold() {
  const told = await eventually(() => posted.find(({ type }) => type.endsWith('booked')), 'the webhook is told');
  assert.ok(JSON.stringify(told).includes('lou@client.example'), JSON.stringify(told));
  const invitation = await mailbox.newest('lou@client.example');
  for (const part of ['Workshop, 4 rue des Lices, Lyon', 'Bring a drawing of the room, Lou.']) {
    assert.ok(invitation.text.includes(part), `${part} in ${invitation.text}`);
  }
  assert.match(invitation.subject, /^Visit of Lou Petit/);
  const entry = invitation.calendar.text.replaceAll(/\r?\n /g, '');
  assert.match(entry, /SUMMARY[^:]*:Visit of Lou Petit/);
  assert.match(entry, /LOCATION[^:]*:Workshop\\, 4 rue des Lices\\, Lyon/);
  assert.match(entry, /DESCRIPTION[^:]*:.*Bring a drawing of the room\\, Lou\./);
  return mailbox.newest(ANA);
}

test('a link made in the app is booked without a mail being written, and both sides hold the details', async () => {
  await addWebhook();
  const url = await makeLink();
  const page = await book(url);
  await page.getByText('Workshop, 4 rue des Lices, Lyon').first().waitFor();
  await confirm(page);
  await page.locator('.book-meeting').getByText('Workshop, 4 rue des Lices, Lyon').waitFor();
  await page.locator('.book-meeting .book-description').getByText('Bring a drawing of the room, Lou.').waitFor();
  await expectAccessible(page, 'the confirmation of a visit');
  await shot(page, 'booked-with-description');

  const notice = await everybodyIsTold();
  assert.match(notice.subject, /^Lou Petit meets you: .+\d\d:\d\d/);
  const path = notice.text.match(/https?:\/\/\S+(\/contacts\/\d+)/)[1];
  const app = await open(path);
  await app.getByRole('heading', { name: 'Lou Petit' }).first().waitFor();
  const meeting = notice.text.match(/https?:\/\/\S+(\/meetings\/\d+)/)[1];
  await app.goto(server.base + meeting);
  await app.getByRole('heading', { level: 1, name: 'Visit of Lou Petit' }).waitFor();
  shows('a booked link tells both sides', 'sqlite', 'MEET-01', 'MEET-44', 'MEET-47', 'MEET-48', 'MEET-49');
  shows('a booking is mailed and told to webhooks', 'sqlite', 'MEET-32', 'MEET-92', 'MEET-95');
  await Promise.all([page, app].map((one) => one.context().close()));
});

test('round robin books one of several hosts, whose name the visitor reads', async () => {
  const page = await open('/meetings/links/new');
  await page.getByRole('combobox', { name: 'Kind of link' }).selectOption('round_robin');
  await page.getByRole('combobox', { name: 'Add a host' }).click();
  await page.getByRole('option', { name: 'Priya Raman' }).click();
  await page.getByRole('button', { name: 'Remove Priya Raman' }).waitFor();
  await field(page, 'Internal name').fill('Whoever is free');
  await field(page, 'Title').fill('Talk to one of us');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const row = page.locator('.booking-link', { hasText: 'Whoever is free' });
  await row.getByText('Round robin').waitFor();
  const url = await row.locator('.address').innerText();
  const hosts = [];
  for (const email of ['una@client.example', 'duo@client.example']) {
    const visitor = await book(url, email);
    await confirm(visitor);
    const text = await visitor.locator('.book-meeting').innerText();
    const named = ['Ana Morel', 'Priya Raman'].filter((name) => text.includes(name));
    assert.equal(named.length, 1, text);
    hosts.push(named[0]);
    await visitor.context().close();
  }
  assert.deepEqual(hosts.sort(), ['Ana Morel', 'Priya Raman'], 'each has one of the two');
  shows('round robin in the browser', 'sqlite', 'MEET-58');
  await page.context().close();
});

test('while a calendar cannot be reached the page takes requests, and the host hears of both', async () => {
  const api = await server.api(PRIYA);
  await api.post('/v1/calendar_accounts', { provider: 'feed', url: `http://127.0.0.1:${otherPort}/fair.ics`, name: 'Fairs' });
  const [account] = (await api.get('/v1/calendar_accounts')).items;
  const links = (await api.get('/v1/booking_links?mine=true&limit=50')).items;
  const link = links.find(({ kind }) => kind === 'personal');
  assert.ok(link, 'Priya has a preset link');
  feedFails = true;
  await api.post(`/v1/calendar_accounts/${account.id}/refresh`);
  const app = await open('/meetings/links', PRIYA);
  await app.getByText(/A calendar cannot be reached, so no times are offered/).waitFor();
  await expectAccessible(app, 'the list with an unreachable calendar');
  await shot(app, 'links-unreachable');

  const page = await newPage(browser, { locale: 'en-GB' });
  await page.goto(link.url);
  await page.getByRole('heading', { name: 'Ask for a meeting' }).waitFor();
  await page.locator('.book-host', { hasText: 'Priya Raman' }).waitFor();
  assert.equal(await page.locator('.book-day:visible').count(), 0, 'no days to choose from');
  const form = page.locator('form:visible');
  await form.getByRole('textbox', { name: 'First name' }).fill('Noa');
  await form.getByRole('textbox', { name: 'Last name' }).fill('Blanc');
  await form.getByRole('textbox', { name: 'E-mail', exact: true }).fill('noa@client.example');
  await form.getByRole('textbox', { name: 'When would it suit you?' }).fill('Friday before noon');
  await expectAccessible(page, 'the page that takes requests');
  await shot(page, 'booking-request');
  await form.getByRole('button', { name: 'Send the request' }).click();
  await page.getByRole('heading', { name: 'Your request was sent' }).waitFor();
  const asked = () => mailbox.received(PRIYA).find(({ subject }) => subject === 'Noa Blanc would like to meet you');
  const mail = await eventually(asked, 'the host is mailed the request');
  assert.match(mail.text, /Friday before noon/);
  assert.match(mail.text, /A calendar of yours cannot be reached/);
  shows('an unreachable calendar closes the page', 'sqlite', 'MEET-98', 'MEET-99', 'MEET-100');
  await Promise.all([page, app].map((one) => one.context().close()));
});
