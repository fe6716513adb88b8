// Webhooks: added in the browser, told of something, and the log of it followed.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { after, test } from 'node:test';
import { expectAccessible, launch, newPage, signIn } from './browser.mjs';
import { ANA, freePort, startServer } from './server.mjs';

let browser;
const server = await startServer('sqlite', { more: { RAPPORT_OUTGOING__ALLOWED_PRIVATE: '127.0.0.1' } });
after(async () => {
  await browser?.close();
  await server.stop();
});
browser = await launch();

/** A receiver that keeps what is posted and answers with `status`. */
async function receiver() {
  const posted = [];
  const state = { status: 204 };
  const port = await freePort();
  const listener = http.createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      posted.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(state.status).end(state.status === 204 ? undefined : 'no such hook');
    });
  });
  await new Promise((resolve) => listener.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}/hook`, posted, state, stop: () => listener.close() };
}

function signature(secret, { headers, body }) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

test('a webhook is added, tried, and what it was told is sent again', async () => {
  const target = await receiver();
  const page = await newPage(browser);
  await signIn(page, server.base, ANA);
  await page.goto(`${server.base}/settings/webhooks`);
  await page.getByRole('button', { name: 'Add a webhook' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Address' }).fill('http://192.168.1.1/hook');
  await form.getByRole('button', { name: 'Add a webhook' }).click();
  await form.getByText(/must start with https/).first().waitFor();
  await form.getByRole('textbox', { name: 'Address' }).fill(target.url);
  await form.getByRole('textbox', { name: 'Description' }).fill('Invoices');
  await expectAccessible(page, 'the form of a webhook');
  await form.getByRole('button', { name: 'Add a webhook' }).click();

  await page.getByText('Copy the secret now').waitFor();
  const secret = await page.getByRole('dialog').getByRole('textbox').inputValue();
  assert.match(secret, /^whsec_/);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('link', { name: target.url }).click();
  await expectAccessible(page, 'a webhook without deliveries');

  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByRole('table').getByText('Delivered', { exact: true }).waitFor();
  assert.equal(target.posted.length, 1);
  assert.equal(target.posted[0].headers['webhook-signature'], signature(secret, target.posted[0]));
  assert.equal(JSON.parse(target.posted[0].body).type, 'ping');

  target.state.status = 500;
  await page.getByRole('button', { name: 'Send again' }).first().click();
  await page.getByRole('table').getByText('Waiting', { exact: true }).waitFor();
  await page.getByText(/Attempts that failed/).waitFor();
  await page.getByRole('button', { name: 'Show', exact: true }).first().click();
  await page.getByRole('dialog').getByText('no such hook').waitFor();
  await expectAccessible(page, 'a delivery');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  target.state.status = 410;
  await page.getByRole('button', { name: 'Send again' }).first().click();
  await page.getByText(/nothing is wanted there any more/).waitFor();
  await expectAccessible(page, 'a webhook that was switched off');
  await page.getByRole('table').getByText('Failed', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await page.waitForURL('**/settings/webhooks');
  await page.getByText('No webhooks yet').waitFor();
  target.stop();
});

test('who may not manage webhooks does not see them', async () => {
  const api = await server.api(ANA);
  const role = await api.post('/v1/roles', { name: 'Staffing', permissions: ['manage_teams'] });
  const users = (await api.get('/v1/users?limit=200')).items;
  const manager = users.find(({ state, email }) => state === 'active' && email !== ANA);
  await api.patch(`/v1/users/${manager.id}`, { role_id: role.id });
  const page = await newPage(browser);
  await signIn(page, server.base, manager.email);
  await page.goto(`${server.base}/settings/webhooks`);
  await page.getByText('Your role does not let you see this').waitFor();
  await api.patch(`/v1/users/${manager.id}`, { role_id: manager.role_id });
});
