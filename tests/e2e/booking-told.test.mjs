// What a booking in the browser has others told: both sides by mail, another program by a webhook, a visitor of the chat by a link.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { eventually, expectAccessible, launch, newPage, shows, signIn } from './browser.mjs';
import { ANA, freePort, startServer } from './server.mjs';

let browser;
const server = await startServer('sqlite', { more: { RAPPORT_OUTGOING__ALLOWED_PRIVATE: '127.0.0.1' } });
after(async () => {
  await browser?.close();
  await server.stop();
});
browser = await launch();
const ana = await server.api(ANA);

/** A link of Ana's that can be booked on every day from 9 to 17 in Paris. */
function link(name, more = {}) {
  const hours = [{ from_minute: 540, until_minute: 1020 }];
  const settings = {
    internal_name: name,
    title: 'A look at your room',
    durations_minutes: [30],
    invitation_subject: 'A look at your room',
    language: 'en',
    country: 'GB',
    reminders: { is_enabled: false, includes_description: false, minutes_before: [] },
    availability: {
      time_zone: 'Europe/Paris',
      weekly: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, ranges: hours })),
      rolling_weeks: 8,
      notice_minutes: 0,
      buffer_before_minutes: 0,
      buffer_after_minutes: 0,
    },
    ...more,
  };
  return ana.post('/v1/booking_links', { kind: 'personal', slug: name, settings });
}

async function signedIn(path) {
  const page = await newPage(browser);
  await page.addInitScript(() => localStorage.setItem('rapport.notifications_asked', '1'));
  await signIn(page, server.base, ANA);
  await page.goto(server.base + path);
  return page;
}

/** Books the first time of a day well ahead, and answers the page with the confirmation. */
async function book(made, email, company) {
  const page = await newPage(browser, { locale: 'en-GB', timezoneId: 'America/Los_Angeles' });
  await page.goto(`${server.base}/meet/${made.slug}`);
  await page.locator('.book-day.has').nth(3).click();
  await page.locator('.book-times [data-time]').first().click();
  await page.getByRole('button', { name: /^Next, with/ }).click();
  await page.getByRole('textbox', { name: 'First name' }).fill('Zoë');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Roux');
  await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill(email);
  if (company) await page.getByRole('textbox', { name: 'Company' }).fill(company);
  await page.getByRole('button', { name: 'Book the meeting' }).click();
  await page.getByRole('heading', { name: 'It is booked' }).waitFor();
  return page;
}

const mailTo = (address, about) =>
  eventually(
    async () => (await ana.get('/v1/mails?limit=100')).items.find(({ to, subject, text }) => to === address && (subject + text).includes(about)),
    `a mail to ${address} about ${about}`,
  );

test('whoever books is invited with all details, and the host is told', async () => {
  const made = await link('told', {
    location: '12 quai des Menuisiers',
    invitation_subject: '{{contact.first_name}} of {{company.name}} meets {{host.name}}',
    invitation_description: 'Bring your plans, {{contact.first_name}}.',
    form: [{ key: 'company', property: 'company', label: 'Company', kind: 'line', is_required: true }],
  });
  const page = await book(made, 'zoe@told.example', 'Roux & Co');
  const shown = page.locator('.book-meeting');
  for (const text of ['Zoë of Roux & Co meets Ana Morel', '12 quai des Menuisiers', 'Bring your plans, Zoë.']) {
    await page.getByText(text).first().waitFor();
  }
  assert.match(await shown.textContent(), /Pacific/);
  const invitation = await mailTo('zoe@told.example', 'meets Ana Morel');
  for (const part of ['Zoë of Roux & Co meets Ana Morel', '12 quai des Menuisiers', 'Bring your plans, Zoë.', 'Pacific', 'Central European', '/meet/']) {
    assert.ok((invitation.subject + invitation.text).includes(part), `${part}: ${invitation.subject}\n${invitation.text}`);
  }
  const { items } = await ana.get('/v1/meetings?limit=100');
  const meeting = items.find(({ title }) => title.startsWith('Zoë of Roux'));
  const notice = await mailTo(ANA, 'Zoë Roux');
  for (const part of [`/contacts/${meeting.contact_id}`, `/meetings/${meeting.id}`, '12 quai des Menuisiers']) {
    assert.ok(notice.text.includes(part), `${part}: ${notice.text}`);
  }
  // What the mail links to is there.
  const host = await signedIn(`/meetings/${meeting.id}`);
  await host.getByRole('heading', { level: 1, name: 'Zoë of Roux & Co meets Ana Morel' }).waitFor();
  await host.goto(`${server.base}/contacts/${meeting.contact_id}`);
  await host.getByRole('heading', { level: 1, name: 'Zoë Roux' }).waitFor();
  shows('a meeting is booked by a link alone', server.engine, 'MEET-01', 'MEET-68', 'MEET-92', 'MEET-95');
  shows('what an invitation says', server.engine, 'MEET-44', 'MEET-47', 'MEET-48', 'MEET-49');
  await page.context().close();
  await host.context().close();
});

test('a webhook is told of a booking', async () => {
  const posted = [];
  const port = await freePort();
  const receiver = createServer((request, reply) => {
    request.setEncoding('utf8').on('data', (part) => posted.push(part)).on('end', () => reply.writeHead(204).end());
  }).listen(port, '127.0.0.1');
  after(() => receiver.close());
  const page = await signedIn('/settings/webhooks');
  await page.getByRole('button', { name: 'Add a webhook' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${port}/workflow`);
  await form.getByRole('checkbox', { name: 'Meeting booked' }).check();
  await form.getByRole('button', { name: 'Add a webhook' }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const guest = await book(await link('hooked'), 'zoe@hooked.example');
  const told = await eventually(() => posted.map((text) => JSON.parse(text)).find(({ type }) => type === 'meeting.booked'), 'the webhook is told');
  assert.equal(told.data.contact_email, 'zoe@hooked.example');
  await page.getByRole('link', { name: /workflow/ }).click();
  await page.locator('tr', { hasText: 'Meeting booked' }).getByText('Delivered').waitFor();
  await expectAccessible(page, 'the deliveries of a webhook');
  shows('a webhook is told of a booking', server.engine, 'MEET-32');
  await page.context().close();
  await guest.context().close();
});

test('a booking link is inserted into a reply, and the visitor books by it', async () => {
  const made = await link('chatted');
  const visitor = await server.visitor();
  const { thread_id: id } = await visitor.says('May I see the workshop?');
  const page = await signedIn(`/inbox/all/all_open/${id}`);
  await page.locator('.editor [contenteditable]').first().waitFor();
  await page.getByRole('button', { name: 'Insert a booking link' }).click();
  await page.getByRole('option', { name: 'chatted' }).click();
  await page.locator(`.editor [contenteditable] a[href="${made.url}"]`).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const sent = page.locator(`.message a[href="${made.url}"], .bubble a[href="${made.url}"]`).first();
  await sent.waitFor();
  const guest = await book({ slug: (await sent.getAttribute('href')).split('/meet/')[1] }, 'zoe@chatted.example');
  shows('a booking link is inserted into a reply', server.engine, 'CONV-117');
  await page.context().close();
  await guest.context().close();
});
