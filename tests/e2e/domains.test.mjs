// Domains of the account's own: added and verified in the browser, chosen for booking links, and a booking page opened by one.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eventually, expectAccessible, launch, newPage, openApp, shot, shows } from './browser.mjs';
import { startDns } from './dns.mjs';
import { makeLink } from './links.mjs';
import { ANA, PRIYA, freePort, startServer } from './server.mjs';

const DOMAIN = 'meet.example.test';
let browser;
const dns = await startDns();
const port = await freePort();
const server = await startServer('sqlite', {
  port,
  more: {
    RAPPORT_DOMAINS__DNS_SERVERS: dns.address,
    RAPPORT_DOMAINS__HTTP_PORT: String(port),
    RAPPORT_OUTGOING__ALLOWED_PRIVATE: '127.0.0.0/8',
  },
});
after(async () => {
  await browser?.close();
  await server.stop();
  dns.stop();
});
browser = await launch([`--host-resolver-rules=MAP ${DOMAIN} 127.0.0.1`]);

const open = (path, email = ANA, options = {}) =>
  openApp(browser, server.base, path, email, { permissions: ['clipboard-read', 'clipboard-write'], ...options });

const card = (page) => page.locator('.section', { has: page.getByRole('heading', { name: DOMAIN, exact: true }) });

async function choose(page, label) {
  await page.getByRole('combobox', { name: 'Domain of booking links' }).selectOption({ label });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
}

test('a domain is added, verified, chosen, and shows booking pages and nothing else', async () => {
  const api = await server.api(ANA);
  const made = await makeLink(api, 'Larch talk', { title: 'Larch talk with Ana' });
  const page = await open('/settings/domains');
  await page.getByText('No domains yet').waitFor();
  await expectAccessible(page, 'no domains');
  await page.getByRole('button', { name: 'Add a domain' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Domain' }).fill('localhost');
  await form.getByRole('button', { name: 'Add a domain' }).click();
  await form.getByText(/must be a domain/).first().waitFor();
  await form.getByRole('textbox', { name: 'Domain' }).fill(' Meet.Example.Test. ');
  await form.getByRole('button', { name: 'Add a domain' }).click();
  await card(page).getByText('To be verified', { exact: true }).waitFor();
  const [domain] = (await api.get('/v1/domains')).items;
  const record = card(page).getByRole('textbox', { name: 'Content of the record' });
  assert.equal(await record.inputValue(), domain.dns_value);
  await card(page).getByRole('button', { name: 'Copy' }).first().click();
  await card(page).getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `_rapport-challenge.${DOMAIN}`);
  await expectAccessible(page, 'a domain to be verified');
  await shot(page, 'domains');

  // The name leads to this server, which answers by itself.
  await card(page).getByRole('button', { name: `Verify now ${DOMAIN}` }).click();
  await card(page).locator('.pill', { hasText: 'Verified' }).waitFor();
  await page.getByText('It is verified that the domain is yours.').waitFor();
  await expectAccessible(page, 'a verified domain');

  await page.goto(`${server.base}/settings/booking-pages`);
  await choose(page, DOMAIN);
  await expectAccessible(page, 'the choice of a domain');
  await shot(page, 'booking-pages-domain');
  const chosen = await api.get(`/v1/booking_links/${made.id}`);
  assert.equal(chosen.url, `https://${DOMAIN}/meet/${made.slug}`);

  const { port } = new URL(server.base);
  const visitor = await newPage(browser);
  await visitor.goto(`http://${DOMAIN}:${port}/meet/${made.slug}`);
  await visitor.getByRole('heading', { name: 'Larch talk with Ana' }).waitFor();
  await visitor.locator('#booking[aria-busy="true"]').waitFor({ state: 'detached' });
  await eventually(async () => (await visitor.locator('.book-card button:enabled').count()) > 5, 'days and times');
  assert.deepEqual(visitor.complaints, []);
  for (const path of ['/', '/sign-in', '/settings/domains', '/v1/me']) {
    assert.equal((await visitor.goto(`http://${DOMAIN}:${port}${path}`)).status(), 404, path);
  }
  assert.equal((await visitor.goto(`${server.base}/meet/${made.slug}`)).status(), 200);
  assert.deepEqual(await visitor.context().cookies(), []);
  await visitor.context().close();

  await page.goto(`${server.base}/settings/domains`);
  await page.getByRole('button', { name: `Remove ${DOMAIN}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove domain' }).click();
  await page.getByText('Choose another one under Booking pages first.').waitFor();
  await page.goto(`${server.base}/settings/booking-pages`);
  await choose(page, 'The address of Rapport');
  await page.goto(`${server.base}/settings/domains`);
  await page.getByRole('button', { name: `Remove ${DOMAIN}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove domain' }).click();
  await page.getByText('No domains yet').waitFor();
  shows('a domain is added, verified, chosen, and shows booking pages and nothing else', 'sqlite', 'MEET-24', 'MEET-26', 'SYS-29');
  await page.context().close();
});

test('what is missing is said, in French and on a phone too; who may not manage domains sees none', async () => {
  const api = await server.api(ANA);
  const domain = await api.post('/v1/domains', { name: 'rdv.nowhere.test' });
  const page = await open('/settings/domains');
  await page.getByRole('button', { name: 'Verify now rdv.nowhere.test' }).click();
  await page.getByText('There is no TXT record at this name.').waitFor();
  await page.getByText('The domain leads nowhere, or nothing answers there.').waitFor();
  await expectAccessible(page, 'a domain with faults');
  await shot(page, 'domains-faults');
  await page.context().close();

  await api.patch('/v1/me', { preferences: { locale: 'fr', theme: 'light' } });
  const french = await open('/settings/domains', ANA, { viewport: { width: 390, height: 844 } });
  await french.getByText('Il n’y a pas d’enregistrement TXT à ce nom.').waitFor();
  await expectAccessible(french, 'domains in French on a phone');
  const width = await french.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `${width} pixels wide`);
  await shot(french, 'domains-phone');
  await french.context().close();
  await api.patch('/v1/me', { preferences: { locale: 'en', theme: 'light' } });

  const agent = await open('/settings/domains', PRIYA);
  await agent.getByText('Your role does not let you see this').waitFor();
  await agent.context().close();
  await api.delete(`/v1/domains/${domain.id}`);
  shows('what is missing is said, in French and on a phone too; who may not manage domains sees none', 'sqlite', 'MEET-25');
});
