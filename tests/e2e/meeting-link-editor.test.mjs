// The editor of a booking link: its four steps, what is wrong with them, the hours, the form, and the preview.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, openApp, serverAndBrowser, shot, shows } from './browser.mjs';
import { ANA } from './server.mjs';

const { server, browser } = await serverAndBrowser();
const step = (page, name) => page.locator('.stepper').getByRole('button', { name });

const open = (path) => openApp(browser, server.base, path, ANA);

async function linkNamed(name) {
  const { items } = await (await server.api(ANA)).get('/v1/booking_links?mine=true&limit=200');
  return items.find((link) => link.settings.internal_name === name);
}

test('a link is made in four steps, and each of them is accessible', async () => {
  const page = await open('/meetings/links/new');
  await page.getByRole('heading', { level: 2, name: 'Details' }).waitFor();
  await expectAccessible(page, 'the details of a link');
  await page.getByLabel('Internal name').fill('Product tour');
  await page.getByLabel('Title', { exact: true }).fill('See the workshop');
  await page.locator('.link-preview').getByRole('heading', { name: 'See the workshop' }).waitFor();
  await page.getByText(/\/meet\/.+\/product-tour/).waitFor();
  // MEET-46: nobody connected Zoom.
  assert.equal(await page.getByLabel('Video conference').locator('option', { hasText: 'Zoom' }).count(), 0);
  await shot(page, 'meeting-link-details');

  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { level: 2, name: 'Configuration' }).waitFor();
  await page.getByRole('textbox', { name: 'Duration' }).or(page.getByRole('spinbutton', { name: 'Duration' })).fill('60');
  await page.keyboard.press('Enter');
  await page.locator('.link-preview').getByText('1 hour').waitFor();
  // MEET-52: three days and an hour before.
  await page.getByText('3 days before').waitFor();
  await page.getByText('1 hour before').waitFor();
  await expectAccessible(page, 'the configuration of a link');

  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Saturday: add hours').click();
  await page.getByLabel('Saturday: from').fill('22:00');
  await page.getByLabel('Saturday: until').fill('02:00');
  await page.getByText('next day').waitFor();
  await expectAccessible(page, 'the availability of a link');
  await shot(page, 'meeting-link-availability');

  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Add a contact property' }).click();
  await page.getByRole('menuitem', { name: 'Phone' }).click();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.locator('.question').nth(1).getByLabel('Question', { exact: true }).fill('Which wood?');
  await page.locator('.question').nth(1).getByLabel('Required').uncheck();
  await page.locator('.question').nth(1).getByLabel('Question', { exact: true }).press('Alt+ArrowUp');
  await eventually(async () => (await page.locator('.question').first().getByLabel('Question', { exact: true }).inputValue()) === 'Which wood?', 'the question moved up');
  await expectAccessible(page, 'the form of a link');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.locator('.booking-link', { hasText: 'Product tour' }).waitFor();

  const { settings, slug } = await linkNamed('Product tour');
  assert.match(slug, /\/product-tour$/);
  assert.deepEqual(settings.durations_minutes, [30, 60]);
  assert.deepEqual(settings.reminders.minutes_before, [4320, 60]);
  assert.deepEqual(settings.availability.weekly.find((day) => day.weekday === 5).ranges, [{ from_minute: 1320, until_minute: 1560 }]);
  assert.deepEqual(settings.form.map((field) => [field.label, field.property ?? null, field.is_required]), [['Which wood?', null, false], ['Phone', 'phone', true]]);
  shows('a link is made in four steps, and each of them is accessible', 'sqlite', 'MEET-35', 'MEET-38', 'MEET-39', 'MEET-43', 'MEET-69');
  await page.context().close();
});

test('what is wrong leads to its step, and nothing is lost by leaving unasked', async () => {
  const page = await open('/meetings/links/new');
  await step(page, 'Availability').click();
  await page.getByLabel('What can be booked').selectOption('range');
  await page.getByLabel('First day').fill('2031-03-03');
  await page.getByLabel('Last day').fill('2031-05-12');
  await step(page, 'Form questions').click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('heading', { level: 2, name: 'Details' }).waitFor();
  await page.getByLabel('Internal name').fill('Long window');
  await page.getByLabel('Title', { exact: true }).fill('Long window');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  // MEET-65: 10 weeks at most.
  await page.getByText('The days may reach 10 weeks at most.').waitFor();
  let asked = '';
  page.once('dialog', (dialog) => {
    asked = dialog.message();
    dialog.dismiss();
  });
  await page.getByRole('link', { name: 'All links' }).click();
  await eventually(() => asked !== '', 'leaving asks');
  await page.getByLabel('Last day').fill('2031-05-11');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.booking-link', { hasText: 'Long window' }).waitFor();
  shows('what is wrong leads to its step, and nothing is lost by leaving unasked', 'sqlite', 'MEET-64');
  await page.context().close();
});

test('hours are copied to chosen days, days get hours of their own, and a missing time is explained', async () => {
  const page = await open('/meetings/links/new');
  await page.getByLabel('Internal name').fill('Copied hours');
  await page.getByLabel('Title', { exact: true }).fill('Copied hours');
  await step(page, 'Availability').click();
  await page.getByLabel('Monday: from').fill('10:00');
  await page.getByRole('button', { name: 'Copy the hours of Monday to other days' }).click();
  await page.getByRole('checkbox', { name: 'Saturday' }).check();
  await page.getByRole('checkbox', { name: 'Sunday' }).check();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await eventually(async () => (await page.getByLabel('Sunday: from').inputValue()) === '10:00', 'Sunday has the hours of Monday');
  await page.getByRole('button', { name: 'Sunday: delete these hours' }).click();
  await page.getByLabel('Sunday: from').waitFor({ state: 'detached' });
  await page.getByLabel('Day', { exact: true }).fill('2031-12-25');
  await page.getByRole('button', { name: 'Add day' }).click();
  await page.getByText(/December 25|25 December/).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.booking-link', { hasText: 'Copied hours' }).waitFor();
  const link = await linkNamed('Copied hours');
  assert.deepEqual(link.settings.availability.overrides, [{ date: '2031-12-25', ranges: [] }]);
  const hours = new Map(link.settings.availability.weekly.map(({ weekday, ranges }) => [weekday, ranges]));
  assert.deepEqual(hours.get(5), hours.get(0), 'Saturday has the hours of Monday');
  assert.deepEqual(hours.get(6) ?? [], [], 'Sunday has none');

  await page.goto(`${server.base}/meetings/links/${link.id}`);
  await page.getByText('The address cannot be changed.').waitFor();
  await step(page, 'Availability').click();
  await page.getByRole('button', { name: 'Why is this time missing?' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Day').fill('2031-12-25');
  await dialog.getByRole('button', { name: 'Look it up' }).click();
  await dialog.getByText('This time is not offered.').waitFor();
  await dialog.getByText(/after the last day|day is closed/).first().waitFor();
  await expectAccessible(page, 'why a time is missing');
  shows('hours are copied to chosen days, days get hours of their own, and a missing time is explained', 'sqlite', 'MEET-66');
  await page.context().close();
});
