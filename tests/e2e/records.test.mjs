// Records: lists with search, filters, columns and saved views; a record's page; import and export; what is set up for them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { eventually, expectAccessible, newPage, serverAndBrowser, shot, signIn } from './browser.mjs';
import { ANA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const rows = (page) => page.getByRole('listitem').filter({ has: page.locator('.record-row') });

async function open(path, options) {
  const page = await newPage(browser, options);
  await signIn(page, server.base, ANA);
  await page.goto(server.base + path);
  return page;
}

test('a list is searched, filtered and sorted, and keeps its columns', async () => {
  const api = await server.api(ANA);
  const me = (await api.get('/v1/me')).user;
  await api.post('/v1/deals', { name: 'Zebra wood shelves', amount_minor: 123450, currency: 'EUR', owner_id: me.id });
  await api.post('/v1/deals', { name: 'Zebra wood benches' });
  const page = await open('/deals');
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('zebra');
  await eventually(async () => (await rows(page).count()) === 2, 'two deals begin so');
  assert.match(await rows(page).nth(0).innerText(), /benches/);
  await page.getByLabel('Order').selectOption('-name');
  await eventually(async () => /shelves/.test(await rows(page).nth(0).innerText()), 'the order is turned');
  assert.match(await rows(page).nth(0).innerText(), /€1,234\.50/);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Owner').selectOption({ label: 'Nobody' });
  await page.keyboard.press('Escape');
  await eventually(async () => (await rows(page).count()) === 1, 'one of them is nobody’s');
  await page.getByRole('button', { name: 'Filters (1)' }).waitFor();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Columns' }).click();
  const columns = page.getByRole('dialog', { name: 'Columns' });
  await columns.getByRole('checkbox', { name: 'Created' }).check();
  await columns.getByRole('button', { name: 'Move Created up' }).press('Enter');
  await columns.getByRole('button', { name: 'Save' }).click();
  await columns.waitFor({ state: 'hidden' });
  const headings = () => page.locator('.record-headings').innerText();
  assert.match(await headings(), /Created\s+Owner/);
  await page.reload();
  await eventually(async () => /Created\s+Owner/.test(await headings()), 'the columns are kept');
  await expectAccessible(page, 'the deals');
  assert.deepEqual(page.complaints, []);
});

test('a list follows what others do', async () => {
  const api = await server.api(ANA);
  const page = await open('/tickets');
  await page.getByLabel('Order').selectOption('-created_at');
  const ticket = await api.post('/v1/tickets', { subject: 'The lamp flickers', priority: 'urgent' });
  await eventually(async () => /The lamp flickers/.test(await rows(page).nth(0).innerText()), 'the ticket has come');
  assert.match(await rows(page).nth(0).innerText(), /Urgent/);
  await api.delete(`/v1/tickets/${ticket.id}`);
  await page.getByText('The lamp flickers').waitFor({ state: 'detached' });
  assert.deepEqual(page.complaints, []);
});

test('a view is saved, shared, shown again and deleted', async () => {
  const page = await open('/companies');
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('a');
  await page.getByLabel('Order').selectOption('-name');
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
  await dialog.getByLabel('Name').fill('With an A');
  await dialog.getByRole('checkbox', { name: 'Everybody can use this view' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'With an A' }).waitFor();

  const other = await newPage(browser);
  await signIn(other, server.base, 'priya@atelier-sud.example');
  await other.goto(`${server.base}/companies`);
  await other.getByRole('button', { name: 'All', exact: true }).click();
  await other.getByRole('menuitemradio', { name: /With an A/ }).click();
  assert.equal(await other.getByRole('searchbox', { name: 'Search by name' }).inputValue(), 'a');
  assert.equal(await other.getByLabel('Order').inputValue(), '-name');

  await page.getByRole('button', { name: 'With an A' }).click();
  await page.getByRole('menuitem', { name: 'Delete view' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete view' }).click();
  await page.getByRole('button', { name: 'All', exact: true }).waitFor();
  assert.deepEqual([...page.complaints, ...other.complaints], []);
});

test('a record is created by keyboard, changed, associated and deleted', async () => {
  const api = await server.api(ANA);
  await api.post('/v1/companies', { name: 'Quarry Lane', domain: 'quarry-lane.example' });
  const page = await open('/deals');
  await page.locator('.record-row').first().waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Create a deal' });
  await dialog.getByLabel('Name').fill('Twelve oak desks');
  await dialog.getByLabel('Amount').fill('12x');
  await dialog.getByLabel('Currency').fill('EUR');
  await page.keyboard.press('Enter');
  await dialog.getByText('Write an amount such as 1200.50').waitFor();
  await dialog.getByLabel('Amount').fill('12.50');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Twelve oak desks' }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  assert.equal((await api.get(`/v1/deals/${id}`)).amount_minor, 1250);

  await page.getByLabel('Close date').fill('2026-12-24');
  await page.getByRole('button', { name: 'Save' }).click();
  await eventually(async () => (await api.get(`/v1/deals/${id}`)).close_date === '2026-12-24', 'the day is saved');

  await page.getByRole('button', { name: /^Add Companies/ }).click();
  await page.keyboard.type('quarry');
  await page.getByRole('option', { name: /Quarry Lane/ }).waitFor();
  await page.keyboard.press('Enter');
  const card = page.getByRole('complementary', { name: 'Associations' });
  await card.getByRole('link', { name: 'Quarry Lane' }).waitFor();
  await page.getByText('Associated with').waitFor();
  await card.getByRole('button', { name: 'Preview Quarry Lane' }).press('Enter');
  await page.getByText('quarry-lane.example').last().waitFor();
  await page.keyboard.press('Escape');
  await shot(page, 'deal');
  await expectAccessible(page, 'a deal');
  await card.getByRole('button', { name: 'Actions on Quarry Lane' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Remove association' }).click();
  await card.getByRole('link', { name: 'Quarry Lane' }).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL('**/deals');
  await page.getByText('Twelve oak desks').first().waitFor({ state: 'detached' });
  assert.deepEqual(page.complaints, []);
});

test('what somebody types stays when the record changes elsewhere', async () => {
  const api = await server.api(ANA);
  const company = await api.post('/v1/companies', { name: 'Salt and Pine' });
  const page = await open(`/companies/${company.id}`);
  await page.getByLabel('City').fill('Lyon');
  await api.put(`/v1/companies/${company.id}`, { name: 'Salt & Pine', phone: '04 00 00 00' });
  await page.getByRole('heading', { level: 1, name: 'Salt & Pine' }).waitFor();
  await eventually(async () => (await page.getByLabel('Phone').inputValue()) === '04 00 00 00', 'the telephone has come');
  assert.equal(await page.getByLabel('City').inputValue(), 'Lyon');
  assert.deepEqual(page.complaints, []);
});

test('a contact keeps its conversations, merging and erasing', async () => {
  const api = await server.api(ANA);
  const { thread } = (await api.get('/v1/threads?view=all_open&limit=1')).items[0];
  const page = await open(`/contacts/${thread.contact_id}`);
  await page.getByRole('heading', { level: 1, name: thread.contact_name }).waitFor();
  await page.locator('.contact-conversations a').first().waitFor();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Merge' }).waitFor();
  await page.getByRole('menuitem', { name: 'Erase' }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test('a file is checked, imported, and its refused rows come back; a list is exported', async () => {
  const api = await server.api(ANA);
  const page = await open('/companies');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Import from CSV' }).click();
  const content = 'Name;Domain;Town\n"Imported One";imported-one.example;Nice\n;nameless.example;Lille\n=1+1;formula.example;Metz\n';
  await page.getByLabel('CSV file').setInputFiles({ name: 'companies.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await page.getByLabel('Town').selectOption('city');
  assert.equal(await page.getByLabel('Name').inputValue(), 'name');
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByRole('heading', { name: 'The file is checked' }).waitFor();
  await page.getByRole('cell', { name: '2', exact: true }).waitFor();
  assert.equal((await api.get('/v1/companies?q=imported')).items.length, 0, 'nothing is written before it is started');
  await expectAccessible(page, 'an import that was checked');
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByRole('heading', { name: 'The import is done' }).waitFor();
  const company = (await api.get('/v1/companies?q=imported')).items[0];
  assert.deepEqual([company.name, company.city], ['Imported One', 'Nice']);
  const refused = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download refused rows' }).click();
  assert.match(readFileSync(await (await refused).path(), 'utf8'), /nameless\.example/);

  await page.goto(`${server.base}/companies`);
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('=1');
  await eventually(async () => (await rows(page).count()) === 1, 'one company begins so');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  const exported = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
  const table = readFileSync(await (await exported).path(), 'utf8');
  assert.match(table, /^\uFEFF?name,domain,city/);
  assert.match(table, /'=1\+1/, 'a formula is neutralised');
  assert.equal(table.trim().split('\n').length, 2, 'only what the list shows');
  assert.deepEqual(page.complaints, []);
});

test('a property is created, filled in, refused by its rule, and filters', async () => {
  const api = await server.api(ANA);
  const company = await api.post('/v1/companies', { name: 'Bronze and Co' });
  const page = await open('/settings/properties');
  await page.getByRole('tab', { name: 'Companies' }).click();
  await page.getByRole('button', { name: 'Create a property' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a property' });
  await dialog.getByLabel('Label').fill('Staff');
  await dialog.getByLabel('Key').fill('staff');
  await dialog.getByLabel('Type').selectOption('number');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: /Staff/ }).first().waitFor();
  await expectAccessible(page, 'the properties');

  await page.goto(`${server.base}/companies/${company.id}`);
  await page.getByLabel('Staff').fill('many');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('must be a number').waitFor();
  await page.getByLabel('Staff').fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await eventually(async () => (await api.get(`/v1/companies/${company.id}`)).properties.staff === 12, 'it is saved');

  await page.goto(`${server.base}/companies`);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Staff').fill('12');
  await page.keyboard.press('Enter');
  await eventually(async () => (await rows(page).count()) === 1, 'one company has so many');
  assert.match(await rows(page).first().innerText(), /Bronze and Co/);
  assert.deepEqual(page.complaints, []);
});

test('stages are renamed, added and refused; a role sees its own records', async () => {
  const api = await server.api(ANA);
  const page = await open('/settings/pipeline');
  const names = page.getByLabel('Name', { exact: true });
  await names.first().waitFor();
  const before = await names.count();
  await page.getByRole('button', { name: 'Add' }).click();
  await names.nth(before).fill(await names.first().inputValue());
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('another stage has this name').waitFor();
  await names.nth(before).fill('Handed over');
  await page.getByRole('button', { name: 'Save' }).click();
  await eventually(async () => (await api.get('/v1/pipeline')).stages.at(-1).name === 'Handed over', 'the stage is saved');
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
  await expectAccessible(page, 'the stages');

  await page.goto(`${server.base}/settings/roles`);
  await page.getByRole('button', { name: 'Create a role' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a role' });
  await dialog.getByLabel('Name').fill('Field sales');
  await dialog.getByLabel('Whose records').selectOption('own');
  await dialog.getByRole('button', { name: 'Create a role' }).click();
  await eventually(async () => {
    const role = (await api.get('/v1/roles?limit=200')).items.find(({ name }) => name === 'Field sales');
    return role?.record_access === 'own';
  }, 'the role is saved');
  assert.deepEqual(page.complaints, []);
});

test('ten thousand records are a list of about twenty elements', async () => {
  const api = await server.api(ANA);
  const lines = Array.from({ length: 10_000 }, (_, index) => `Bulk ${String(index).padStart(5, '0')}`);
  const page = await open('/tickets/import');
  const buffer = Buffer.from(`subject\n${lines.join('\n')}\n`);
  await page.getByLabel('CSV file').setInputFiles({ name: 'tickets.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByRole('button', { name: 'Import 10000 rows' }).click({ timeout: 120_000 });
  await page.getByRole('heading', { name: 'The import is done' }).waitFor({ timeout: 120_000 });
  assert.equal((await api.get('/v1/tickets?q=bulk%2009999')).items.length, 1);
  await page.goto(`${server.base}/tickets`);
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('bulk');
  await rows(page).first().waitFor();
  const scroll = () => page.locator('.record-table .virtual-list').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  const length = async () => Number(await rows(page).first().getAttribute('aria-setsize'));
  await eventually(async () => {
    await scroll();
    return (await length()) > 1000;
  }, 'a thousand rows are loaded');
  assert.ok((await rows(page).count()) < 60, `${await rows(page).count()} rows are drawn`);
  assert.deepEqual(page.complaints, []);
});

test('on a phone a list is cards, and a record one column', async () => {
  const page = await open('/contacts', { viewport: { width: 390, height: 844 } });
  await page.locator('.record-row').first().waitFor();
  await shot(page, 'contacts-phone');
  await expectAccessible(page, 'the contacts on a phone');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await page.locator('.record-row').first().click();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  assert.deepEqual(page.complaints, []);
});
