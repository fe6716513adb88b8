// Privacy and consent: the account's texts and subscription types, and what is recorded of a contact.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, newPage, serverAndBrowser, shot, shows, signIn } from './browser.mjs';
import { ANA, PRIYA } from './server.mjs';

const { server, browser } = await serverAndBrowser();

async function open(path, user = ANA) {
  const page = await newPage(browser);
  await signIn(page, server.base, user);
  await page.goto(server.base + path);
  return page;
}

test('the texts of consent are written, previewed and saved', async () => {
  const api = await server.api(ANA);
  const before = await api.get('/v1/settings/privacy');
  assert.equal(before.gdpr_enabled, false);
  const page = await open('/settings/privacy');
  const text = page.getByLabel('Notice and consent');
  await text.fill('We keep your answers for a year.');
  await page.getByLabel('Privacy policy', { exact: true }).fill('What we do with them');
  await page.locator('.consent-preview').getByText('We keep your answers for a year.').waitFor();
  await page.locator('.consent-preview').getByText('What we do with them').waitFor();
  await page.getByRole('tab', { name: 'Français' }).click();
  await page.getByLabel('Address of the privacy policy').fill('nowhere');
  await page.getByRole('tab', { name: 'English' }).click();
  await page.getByRole('button', { name: /^Save/ }).click();
  // What is wrong shows, in whichever tab it is.
  await page.getByRole('tab', { name: 'Français', selected: true }).waitFor();
  await page.getByLabel('Address of the privacy policy').fill('https://example.org/confidentialite');
  await page.getByRole('link', { name: 'Read the privacy policy' }).waitFor();
  await page.getByRole('checkbox', { name: 'Collect consent on new booking links' }).check();
  await page.getByRole('button', { name: /^Save/ }).click();
  await eventually(async () => (await api.get('/v1/settings/privacy')).gdpr_enabled, 'the settings are saved');
  const [english, french] = (await api.get('/v1/settings/privacy')).texts;
  assert.equal(english.consent_text, 'We keep your answers for a year.');
  assert.equal(french.privacy_policy_url, 'https://example.org/confidentialite');
  await expectAccessible(page, 'privacy and consent');
  await shot(page, 'privacy');
  assert.deepEqual(page.complaints, []);
  await api.put('/v1/settings/privacy', before);
  shows('the texts of consent', 'sqlite', 'MEET-75', 'MEET-83');
});

test('subscription types are added, changed, chosen and archived', async () => {
  const api = await server.api(ANA);
  const before = await api.get('/v1/settings/privacy');
  const page = await open('/settings/privacy');
  await page.getByRole('cell', { name: /^One to one/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Archive One to one' }).count(), 0);
  await page.getByRole('button', { name: 'Add a subscription type' }).click();
  let dialog = page.getByRole('dialog', { name: 'Add a subscription type' });
  await dialog.getByLabel('Name').fill('one to one');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('This name is taken already.').waitFor();
  await dialog.getByLabel('Name').fill('Event news');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Edit Event news' }).click();
  dialog = page.getByRole('dialog', { name: 'Edit Event news' });
  await dialog.getByLabel('Description').fill('Where we are next');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'Where we are next' }).waitFor();
  await page.getByLabel('Default subscription type').selectOption({ label: 'Event news' });
  await page.getByRole('button', { name: /^Save/ }).click();
  const type = (await api.get('/v1/subscription_types')).items.find(({ name }) => name === 'Event news');
  const chosen = async () => (await api.get('/v1/settings/privacy')).default_subscription_type_id;
  await eventually(async () => (await chosen()) === type.id, 'the default is saved');
  await api.put('/v1/settings/privacy', before);
  await page.getByRole('button', { name: 'Archive Event news' }).click();
  await page.getByRole('button', { name: 'Restore Event news' }).waitFor();
  assert.deepEqual(page.complaints, []);
  shows('subscription types', 'sqlite', 'MEET-76');
});

test('consent is recorded and withdrawn on the contact, and others see it at once', async () => {
  const api = await server.api(ANA);
  const contact = await api.post('/v1/contacts', { name: 'Carla Consenting' });
  const page = await open(`/contacts/${contact.id}`);
  const other = await open(`/contacts/${contact.id}`, PRIYA);
  await page.getByText('No consent is recorded.').waitFor();
  await other.getByText('No consent is recorded.').waitFor();
  await page.getByRole('button', { name: 'Record consent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record consent' });
  await dialog.getByLabel('Legal basis').selectOption({ label: 'Legitimate interest: existing customer' });
  await dialog.getByLabel('Where it comes from').fill('By telephone');
  await dialog.getByLabel('What the contact was told').fill('We write about the order alone.');
  await dialog.getByRole('button', { name: 'Record consent' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const current = (of) => of.locator('ul.consents > li');
  await eventually(async () => /One to one[\s\S]*Given/.test(await current(other).innerText()), 'the other one sees it');
  await page.getByText('What the contact was shown').click();
  await page.getByText('We write about the order alone.').waitFor();
  await expectAccessible(page, 'the consents of a contact');
  await shot(page, 'contact-consents');
  await page.getByRole('button', { name: 'Withdraw One to one' }).click();
  const withdrawal = page.getByRole('dialog', { name: 'Withdraw One to one?' });
  await withdrawal.getByLabel('Where it comes from').fill('By letter');
  await withdrawal.getByRole('button', { name: 'Withdraw' }).click();
  await eventually(async () => /Withdrawn/.test(await current(other).innerText()), 'and that it is withdrawn');
  assert.equal(await page.locator('ol.consents > li').count(), 2);
  assert.deepEqual([...page.complaints, ...other.complaints], []);
  shows('consent on the contact', 'sqlite', 'MEET-79', 'MEET-81');
});
