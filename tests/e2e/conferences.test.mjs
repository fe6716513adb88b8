// Video conferences of meetings: what the editor offers, and the address on the page of a meeting. Zoom is the fake in tests/zoom.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, expectAccessible, launch, newPage, openApp, shot, shows } from './browser.mjs';
import { ANA, freePort, startServer } from './server.mjs';

const port = await freePort();
const zoom = `http://127.0.0.1:${port}`;
const program = fileURLToPath(new URL('../zoom/node_modules/.fake/fake.js', import.meta.url));
const fake = spawn(process.execPath, [program, `${port}`], { stdio: 'ignore' });
let browser;
let server;
after(async () => {
  fake.kill();
  await browser?.close();
  await server?.stop();
});

/** Tells the fake something, and answers what it says. */
async function tell(path, body = {}) {
  const reply = await fetch(`${zoom}/fake/${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(reply.status, 200, await reply.clone().text());
  return reply.json();
}

await eventually(() => fetch(`${zoom}/fake/seen`).then(() => true, () => false), 'the fake of Zoom answers');
server = await startServer('sqlite', {
  more: {
    RAPPORT_ZOOM__CLIENT_ID: 'client',
    RAPPORT_ZOOM__CLIENT_SECRET: 'client secret',
    RAPPORT_ZOOM__SECRET_TOKEN: 'secret token',
    RAPPORT_ZOOM__API_URL: `${zoom}/v2`,
    RAPPORT_ZOOM__OAUTH_URL: `${zoom}/oauth`,
  },
});
browser = await launch();
const conference = (page) => page.getByRole('combobox', { name: 'Video conference' });
const choices = (page) => conference(page).locator('option').allInnerTexts();

test('Zoom is offered to a host who is signed in there, and a visitor gets the link', async () => {
  await tell('user', { id: 'ana', account_id: 'account', email: 'ana@atelier-sud.example', display_name: 'Ana at Zoom' });
  await tell('mode', { signs_in: 'ana' });
  // MEET-46: nobody is signed in at Zoom, nor is there a calendar that makes conferences.
  const page = await openApp(browser, server.base, '/meetings/links/new', ANA);
  await page.getByText('To choose Zoom, Google Meet or Microsoft Teams').waitFor();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(await choices(page), ['None']);
  await expectAccessible(page, 'the details of a link without a conference');

  await page.goto(`${server.base}/profile`);
  await page.getByRole('button', { name: 'Connect Zoom' }).click();
  await page.getByRole('cell', { name: /Ana at Zoom/ }).waitFor();
  await page.goto(`${server.base}/meetings/links/new`);
  await eventually(async () => (await choices(page)).includes('Zoom meeting'), 'Zoom is offered');
  await page.getByLabel('Internal name').fill('Over Zoom');
  await page.getByLabel('Title', { exact: true }).fill('A call over Zoom');
  await page.getByRole('textbox', { name: 'Location' }).fill('Online');
  await conference(page).selectOption('Zoom meeting');
  await shot(page, 'meeting-link-conference');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.booking-link', { hasText: 'Over Zoom' }).waitFor();
  const api = await server.api(ANA);
  const link = (await api.get('/v1/booking_links?mine=true&limit=200')).items.find(({ settings }) => settings.internal_name === 'Over Zoom');
  assert.deepEqual([link.settings.conference, link.settings.location], ['zoom', 'Online']);

  const visitor = await newPage(browser, { locale: 'en-GB', timezoneId: 'Europe/Paris' });
  await visitor.goto(`${server.base}/meet/${link.slug}`);
  await visitor.getByRole('button', { name: 'Next month' }).click();
  await visitor.locator('.book-day.has').nth(3).click();
  const time = visitor.locator('.book-times [data-time]').first();
  const text = await time.textContent();
  await time.click();
  await visitor.getByRole('button', { name: `Next, with ${text}` }).click();
  await visitor.getByRole('textbox', { name: 'First name' }).fill('Zoë');
  await visitor.getByRole('textbox', { name: 'Last name' }).fill('Roux');
  await visitor.getByRole('textbox', { name: 'E-mail', exact: true }).fill('zoe@client.example');
  await visitor.getByRole('button', { name: 'Book the meeting' }).click();
  await visitor.getByRole('heading', { name: 'It is booked' }).waitFor();
  await eventually(async () => (await tell('planned')).length === 1, 'the meeting is at Zoom');
  const [{ join_url: address }] = await tell('planned');
  const join = visitor.locator('.book-meeting').locator(`a[href="${address}"]`);
  await eventually(async () => {
    await visitor.reload();
    await visitor.getByRole('heading', { name: 'Your meeting' }).waitFor();
    return (await join.count()) === 1;
  }, 'the page of the meeting has the link');
  await visitor.getByText('Online').first().waitFor();
  await expectAccessible(visitor, 'a booked meeting with a video conference');
  await shot(visitor, 'booking-conference');

  const [meeting] = (await api.get(`/v1/meetings?booking_link_id=${link.id}`)).items;
  await page.goto(`${server.base}/meetings/${meeting.id}`);
  await page.getByRole('link', { name: address }).waitFor();
  const mails = (await api.get('/v1/mails?limit=200')).items.filter(({ to }) => to === 'zoe@client.example');
  assert.equal(mails.length, 1);
  assert.ok(mails[0].text.includes(address) && mails[0].text.includes('Online'), mails[0].text);
  shows('Zoom is offered to a host who is signed in there, and a visitor gets the link', 'sqlite', 'MEET-44', 'MEET-45', 'MEET-46', 'SYS-04');
});
