import { eventually, newPage, serverAndBrowser, signIn } from './browser.mjs';
import { ANA } from './server.mjs';
const { server, browser } = await serverAndBrowser();
const api = await server.api(ANA);
async function open(path, o) { const page = await newPage(browser, o); page.on('websocket', ws => ws.on('framereceived', f => console.log('WS', String(f.payload).slice(0,400)))); page.on('console', m => console.log('CONSOLE', m.text().slice(0,2000))); page.on('pageerror', e => console.log('ERR', String(e).slice(0,500)));
 page.on('request', r => /v1/.test(r.url()) && console.log('>', r.method(), r.url().replace(server.base,''))); page.on('response', async r => /v1/.test(r.url()) && console.log('<', r.status(), r.url().replace(server.base,'')));
 await signIn(page, server.base, ANA); console.log('--- goto', path); await page.goto(server.base + path); return page; }
const S=process.env.SHOTS+'/';
const only = process.argv[2];
const steps = {
 async prop() {
  const c = await api.post('/v1/companies', { name: 'Bronze and Co' });
  let page = await open('/settings/properties');
  await page.getByRole('tab', { name: 'Companies' }).click();
  await page.getByRole('button', { name: 'Create a property' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a property' });
  await dialog.getByLabel('Label').fill('Staff');
  await dialog.getByLabel('Key').fill('staff');
  await dialog.getByLabel('Type').selectOption('number');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: /Staff/ }).first().waitFor();
  const { findings } = await import('./browser.mjs'); console.log(await findings(page));
  await page.goto(`${server.base}/companies/${c.id}`);
  await page.waitForTimeout(3500);
  await page.screenshot({ path: S+'prop.png' });
  console.log((await page.locator('main').innerText()).slice(0,400));
 },
 async bulk() {
  const f = new FormData();
  for (let i = 0; i < 1500; i += 50) await Promise.all(Array.from({length:50},(_, j)=>api.post('/v1/tickets',{subject:`Bulk ${String(i+j).padStart(5,'0')}`,priority:'normal'})));
  let page = await open('/tickets');
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('bulk');
  await page.waitForTimeout(1500);
  for (let i=0;i<10;i++) { console.log(await page.locator('.record-table .virtual-list').evaluate((list) => { list.scrollTo(0, list.scrollHeight); return [list.scrollTop, list.scrollHeight, list.clientHeight, list.querySelectorAll('[role=listitem]').length]; })); await page.waitForTimeout(300); }
  await page.screenshot({ path: S+'bulk.png' });
 },
 async company() {
  const c = await api.post('/v1/companies', { name: 'Bronze and Co' });
  let page = await open('/settings/properties');
  await page.waitForTimeout(1000);
  await api.post('/v1/properties', { object: 'company', key: 'staff', label: 'Staff', type: 'number', position: 0, options: [] });
  await page.waitForTimeout(500);
  console.log('--- goto company');
  await page.goto(`${server.base}/companies/${c.id}`);
  await page.waitForTimeout(2500);
  console.log((await page.locator('main').innerText()).slice(0,600));
  await page.screenshot({ path: S+'company.png', fullPage: true });
 },
 async deal() {
  await api.post('/v1/companies', { name: 'Quarry Lane', domain: 'quarry-lane.example' });
  let page = await open('/deals');
  const d = await api.post('/v1/deals', { name: 'Twelve oak desks' });
  await page.goto(`${server.base}/deals/${d.id}`);
  await page.waitForTimeout(1000);
  await page.getByRole('button', { name: /^Add Companies/ }).click();
  await page.keyboard.type('quarry');
  await page.getByRole('option', { name: /Quarry Lane/ }).waitFor();
  console.log('--- enter');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1500);
  console.log((await page.locator('main').innerText()).slice(0,1600));
  await page.screenshot({ path: S+'deal.png', fullPage: true });
  console.log(JSON.stringify(await api.get(`/v1/timeline?kind=deal&id=${d.id}`)));
 },
};
try { await steps[only](); } catch (e) { console.log(e); }
await browser.close(); await server.stop(); process.exit(0);
