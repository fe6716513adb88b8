// The booking page, as people outside see it: choosing a time, saying who one is, moving it and calling it off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANA } from './server.mjs';
import { eventually, expectAccessible, newPage, serverAndBrowser, shot, shows } from './browser.mjs';
import { makeLink } from './links.mjs';

const { server, browser } = await serverAndBrowser();
const ana = await server.api(ANA);

/** The page of a new link that can be booked on every day from 9 to 17 in Paris. */
async function link(slug, more = {}) {
  const made = await makeLink(ana, slug, { slug, title: 'A look at your room', invitation_subject: 'A look at your room', ...more });
  return `${server.base}/meet/${made.slug}`;
}

const times = (page) => page.locator('.book-times [data-time]');
const days = (page) => page.locator('.book-day.has');

/** Chooses the first time of a day well ahead, and goes on. */
async function choose(page, at = 3) {
  await days(page).first().waitFor();
  if ((await days(page).count()) <= at) await page.getByRole('button', { name: 'Next month' }).click();
  await days(page).nth(at).click();
  const time = times(page).first();
  const text = await time.textContent();
  await time.click();
  await page.getByRole('button', { name: `Next, with ${text}` }).click();
  return text;
}

async function fill(page, email = 'zoe@client.example') {
  await page.getByRole('textbox', { name: 'First name' }).fill('Zoë');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Roux');
  await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill(email);
}

const bookIt = (page) => page.getByRole('button', { name: 'Book the meeting' }).click();

test('a visitor in Los Angeles chooses, books, moves and calls off', async () => {
  const page = await newPage(browser, { locale: 'en-GB', timezoneId: 'America/Los_Angeles' });
  await page.goto(await link('walk', { durations_minutes: [15, 30, 60] }));
  await page.getByRole('heading', { name: 'A look at your room', level: 1 }).waitFor();
  await page.getByRole('button', { name: '60 min' }).click();
  await page.getByText('60 minutes').waitFor();
  await page.getByRole('button', { name: /America\/Los Angeles, .* now/ }).waitFor();
  await expectAccessible(page, 'the calendar');
  await shot(page, 'booking-month');
  const time = await choose(page);
  await page.getByRole('heading', { name: 'Your details' }).waitFor();
  await page.getByText(/This time is kept for you for \d+ minutes/).waitFor();
  await expectAccessible(page, 'the form');
  await fill(page);
  await bookIt(page);
  await page.getByRole('heading', { name: 'It is booked' }).waitFor();
  await page.getByText(/Pacific .*Time \(America\/Los Angeles\)/).waitFor();
  await page.getByText(/For the host: .*Central European .*Time \(Europe\/Paris\)/).waitFor();
  await page.getByText('The invitation was sent to zoe@client.example.').waitFor();
  assert.ok((await page.locator('.book-meeting').textContent()).includes(time));
  await expectAccessible(page, 'the confirmation');
  await shot(page, 'booking-done');

  const file = await page.request.get(server.base + (await page.getByRole('link', { name: 'Other (.ics)' }).getAttribute('href')));
  assert.equal(file.status(), 200);
  assert.match(await file.text(), /BEGIN:VEVENT/);
  assert.match(await page.getByRole('link', { name: 'Google' }).getAttribute('href'), /dates=\d{8}T\d{6}Z%2F\d{8}T\d{6}Z/);

  await page.reload();
  await page.getByRole('heading', { name: 'Your meeting' }).waitFor();
  await page.getByRole('button', { name: 'Choose another time' }).click();
  await choose(page, 5);
  await page.getByRole('heading', { name: 'Move the meeting' }).waitFor();
  await page.getByRole('textbox', { name: 'Reason' }).fill('The train is late');
  await expectAccessible(page, 'moving');
  await page.getByRole('button', { name: 'Move the meeting' }).click();
  await page.getByRole('heading', { name: 'It is moved' }).waitFor();

  await page.getByRole('button', { name: 'Call it off' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('No room any more');
  await expectAccessible(page, 'calling off');
  await page.getByRole('button', { name: 'Call the meeting off' }).click();
  await page.getByRole('heading', { name: 'It is called off' }).waitFor();
  const { items } = await ana.get('/v1/meetings');
  assert.ok(items.some((meeting) => meeting.state === 'cancelled'), JSON.stringify(items));
  assert.deepEqual(await page.context().cookies(), []);
  shows('booking', server.engine, 'MEET-88', 'MEET-89', 'MEET-90');
});

test('the country of a link says how times, days and numbers are written', async () => {
  const size = { key: 'size', label: 'Width in cm', kind: 'number', is_required: true, options: [] };
  const written = [
    ['US', /^\d+:\d\d [AP]M$/, /^[A-Z]\w+, [A-Z]\w+ \d+$/, '1,234.5'],
    ['DE', /^\d\d:\d\d$/, /^[A-Z]\w+,? \d+ [A-Z]\w+$/, '1.234,5'],
  ];
  for (const [country, time, day, number] of written) {
    const page = await newPage(browser, { locale: 'fr-FR', timezoneId: 'Europe/Paris' });
    await page.goto(await link(`in-${country.toLowerCase()}`, { country, form: [size] }));
    await days(page).first().waitFor();
    assert.match((await page.locator('.book-date').textContent()).trim(), day);
    assert.match((await choose(page)).trim(), time);
    await fill(page, `${country.toLowerCase()}@client.example`);
    const width = page.getByRole('textbox', { name: 'Width in cm' });
    await width.fill('wide');
    await bookIt(page);
    await eventually(async () => (await width.getAttribute('aria-invalid')) === 'true', 'the field is marked');
    assert.equal(await width.inputValue(), 'wide');
    await width.fill(number.replace(/^1./, '1'));
    await width.blur();
    assert.equal(await width.inputValue(), number);
    await bookIt(page);
    await page.getByRole('heading', { name: 'It is booked' }).waitFor();
    const { items } = await ana.get('/v1/meetings');
    const mine = items.find((meeting) => meeting.contact_email === `${country.toLowerCase()}@client.example`);
    assert.deepEqual(mine.answers.map((answer) => answer.value), ['1234.5']);
    await page.context().close();
  }
  shows('the country of a link', server.engine, 'MEET-51');
});

test('a meeting of a link that can be used once is moved from its page', async () => {
  const page = await newPage(browser, { locale: 'en-GB', timezoneId: 'Europe/Paris' });
  await page.goto(await link('once', { most_bookings: 1 }));
  await choose(page);
  await fill(page, 'once@client.example');
  await bookIt(page);
  await page.getByRole('heading', { name: 'It is booked' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Choose another time' }).click();
  await choose(page, 5);
  await page.getByRole('button', { name: 'Move the meeting' }).click();
  await page.getByRole('heading', { name: 'It is moved' }).waitFor();
  await page.context().close();
});

test('what was typed goes along when times can be asked for alone; a refusal speaks the page’s language', async () => {
  const refusal = (code) => ({
    status: 409,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: `about:blank#${code}`, title: 'Conflict', status: 409, detail: 'It cannot be.', code }),
  });
  const typed = { 'book-first_name': 'Zoë', 'book-last_name': 'Roux', 'book-email': 'zoe@client.example' };
  const send = (page) => page.locator('form:visible button[type=submit]').click();
  const filled = async (slug) => {
    const page = await newPage(browser, { locale: 'fr-FR', timezoneId: 'Europe/Paris' });
    await page.goto(await link(slug, { language: 'fr', country: 'FR' }));
    await days(page).first().waitFor();
    // The last: a time of today may be over before it is booked.
    await days(page).last().click();
    await times(page).first().click();
    await page.locator('.book-times .primary').click();
    for (const [id, text] of Object.entries(typed)) await page.locator(`#${id}`).fill(text);
    return page;
  };
  const page = await filled('plus-tard');
  await page.route('**/bookings', (route) => route.fulfill(refusal('calendar_unreachable')));
  await send(page);
  await page.locator('#request-message').waitFor();
  for (const [id, text] of Object.entries(typed)) assert.equal(await page.locator(`#${id.replace('book', 'request')}`).inputValue(), text);
  await page.context().close();

  const other = await filled('annule');
  await send(other);
  await other.locator('.book-actions .bad').click();
  await other.route('**/cancel', (route) => route.fulfill(refusal('conflict')));
  await send(other);
  await other.getByRole('alert').filter({ hasText: 'Cela a changé entre-temps.' }).waitFor();
  await other.context().close();
});

test('by keyboard alone, at 320 px, in French and in the dark', async () => {
  const page = await newPage(browser, { locale: 'fr-FR', timezoneId: 'Europe/Paris', colorScheme: 'dark', viewport: { width: 320, height: 640 } });
  await page.goto(await link('clavier', { language: 'fr', country: 'FR' }));
  await days(page).first().waitFor();
  const at = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  const current = page.locator('.book-grid [tabindex="0"]');
  await current.focus();
  const begin = await at();
  await page.keyboard.press('PageDown');
  await eventually(async () => (await at()) !== begin && (await days(page).count()) > 0, 'the next month is shown');
  const month = await page.locator('#book-choose').textContent();
  // Towards the middle of the month, whichever day it is today.
  const isEarly = Number((await at()).match(/\d+/)[0]) < 15;
  await page.keyboard.press(isEarly ? 'ArrowRight' : 'ArrowLeft');
  await page.keyboard.press(isEarly ? 'ArrowDown' : 'ArrowUp');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await eventually(async () => /^[a-zéû]+ \d+ [a-zéû]+, \d+ horaires$/.test(await at()), 'the day has times');
  assert.equal(await page.locator('#book-choose').textContent(), month);
  await page.keyboard.press('Enter');
  await times(page).first().focus();
  await page.keyboard.press('Enter');
  await eventually(async () => /^Suivant, à \d\d:\d\d$/.test(await at()), 'the way on has the focus');
  await expectAccessible(page, 'the calendar in the dark');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Vos coordonnées' }).waitFor();
  await eventually(() => page.evaluate(() => document.activeElement.id === 'book-details'), 'the heading has the focus');
  await expectAccessible(page, 'the form in the dark');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
  await shot(page, 'booking-narrow-dark');
  shows('booking in French', server.engine, 'MEET-50', 'MEET-51');
});

test('a week, and another zone found by its name', async () => {
  const page = await newPage(browser, { locale: 'en-GB', timezoneId: 'Europe/Paris' });
  await page.goto(await link('week'));
  await days(page).first().waitFor();
  await page.getByRole('button', { name: 'Week', exact: true }).click();
  const first = page.locator('.book-columns [data-time]').first();
  await first.waitFor();
  await expectAccessible(page, 'the week');
  await shot(page, 'booking-week');
  const before = await first.textContent();
  await page.getByRole('button', { name: /Europe\/Paris, .* now/ }).click();
  const search = page.getByRole('combobox', { name: 'Search for a city or region' });
  await search.fill('kolk');
  await page.getByRole('option', { name: /Kolkata|Calcutta/ }).first().waitFor({ timeout: 2000 }).catch(() => search.fill('calc'));
  await expectAccessible(page, 'the zones');
  await search.press('Enter');
  await page.getByRole('button', { name: /Asia\/(Kolkata|Calcutta), .* now/ }).waitFor();
  assert.notEqual(await first.textContent(), before);
});

test('a time that somebody else takes meanwhile is told, and what was typed is kept', async () => {
  const address = await link('race');
  const [one, other] = [await newPage(browser, { locale: 'en-GB' }), await newPage(browser, { locale: 'en-GB' })];
  for (const page of [one, other]) {
    // Neither holds a time, so that both come as far as booking it.
    await page.route('**/holds', (route) => route.fulfill({ status: 429, body: '{}' }));
    await page.goto(address);
    await choose(page);
    await fill(page, page === one ? 'one@client.example' : 'other@client.example');
  }
  await bookIt(one);
  await one.getByRole('heading', { name: 'It is booked' }).waitFor();
  await bookIt(other);
  await other.locator('.book-notice', { hasText: 'Somebody else has just taken this time.' }).waitFor();
  await choose(other);
  assert.equal(await other.getByRole('textbox', { name: 'E-mail', exact: true }).inputValue(), 'other@client.example');
  await bookIt(other);
  await other.getByRole('heading', { name: 'It is booked' }).waitFor();
});

test('a reload loses neither what was typed nor the time that is kept', async () => {
  const form = [
    { key: 'wood', label: 'Which wood?', kind: 'choice', options: ['Oak', 'Ash'], is_required: false },
    { key: 'van', label: 'A van can come to the door', kind: 'checkbox', is_required: false },
  ];
  const page = await newPage(browser, { locale: 'en-GB' });
  const address = await link('reload', { form });
  await page.goto(address);
  const time = await choose(page);
  await fill(page);
  const wood = page.getByRole('combobox', { name: 'Which wood?' });
  const van = page.getByRole('checkbox', { name: 'A van can come to the door' });
  await wood.selectOption('Ash');
  await van.check();
  const kept = page.locator('.book-notice', { hasText: 'kept for you' });
  await kept.waitFor();

  await page.reload();
  await page.getByRole('heading', { name: 'Your details' }).waitFor();
  await kept.waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'First name' }).inputValue(), 'Zoë');
  assert.deepEqual([await wood.inputValue(), await van.isChecked()], ['Ash', true]);

  // Back at the times, their own is there too, pressed, and they stay there after a reload.
  await page.getByRole('button', { name: 'Another time' }).click();
  await page.reload();
  const next = page.getByRole('button', { name: `Next, with ${time}` });
  await next.waitFor();
  await next.click();
  await van.uncheck();
  await page.reload();
  await page.getByRole('heading', { name: 'Your details' }).waitFor();
  assert.equal(await van.isChecked(), false);
  await bookIt(page);
  await page.getByRole('heading', { name: 'It is booked' }).waitFor();

  // Booked, it is all forgotten.
  await page.goto(address);
  await choose(page);
  assert.equal(await page.getByRole('textbox', { name: 'First name' }).inputValue(), '');

  // A time that somebody else has meanwhile is told.
  const held = JSON.parse(await page.evaluate(() => sessionStorage.getItem(Object.keys(sessionStorage).find((key) => key.endsWith('/kept')))));
  await page.evaluate(() => {
    const name = Object.keys(sessionStorage).find((key) => key.endsWith('/kept'));
    sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(name)), token: 'gone' }));
  });
  assert.ok(held.token);
  await page.reload();
  await page.locator('.book-notice', { hasText: 'Somebody else has just taken this time.' }).waitFor();
});

test('fields say what is wrong with them', async () => {
  const page = await newPage(browser, { locale: 'en-GB' });
  const form = [
    { key: 'size', label: 'How long is the wall?', kind: 'number', is_required: true },
    { key: 'wood', label: 'Which wood?', kind: 'choice', options: ['Oak', 'Ash'], is_required: false },
  ];
  await page.goto(await link('fields', { form, allows_guests: true }));
  await choose(page);
  await bookIt(page);
  await page.getByRole('alert').filter({ hasText: 'Look at the marked fields.' }).waitFor();
  await eventually(() => page.evaluate(() => document.activeElement.name === 'first_name'), 'the first has the focus');
  assert.equal(await page.locator('[aria-invalid]:visible').count(), 4);
  await expectAccessible(page, 'a form with problems');
  await fill(page, 'zoe@client');
  await page.getByLabel('How long is the wall?').fill('3.5');
  await page.getByLabel('Which wood?').selectOption('Ash');
  await page.getByLabel('Guests').fill('li@client.example, nobody');
  await bookIt(page);
  await page.locator('#book-email-problem', { hasText: 'This is not an e-mail address.' }).waitFor();
  await page.getByText('nobody is not an e-mail address.').waitFor();
  await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill('zoe@client.example');
  await page.getByLabel('Guests').fill('li@client.example');
  await bookIt(page);
  await page.getByRole('heading', { name: 'It is booked' }).waitFor();
});

test('offline it says so, and goes on when the network is back', async () => {
  const page = await newPage(browser, { locale: 'en-GB' });
  await page.goto(await link('tunnel'));
  await days(page).first().waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Next month' }).click();
  await page.locator('.book-times').getByText('You are offline.').waitFor();
  await page.context().setOffline(false);
  await days(page).first().waitFor();
});

test('an ended link and one that never was say so', async () => {
  const page = await newPage(browser, { locale: 'en-GB' });
  const address = await link('over');
  const { items } = await ana.get('/v1/booking_links?q=over');
  await ana.post(`/v1/booking_links/${items[0].id}/end`);
  const reply = await page.goto(address);
  assert.equal(reply.status(), 410);
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
  await expectAccessible(page, 'an ended link');
  const missing = await page.goto(`${address}-never`);
  assert.equal(missing.status(), 404);
  await page.getByRole('heading', { name: 'There is nothing to book here' }).waitFor();
});
