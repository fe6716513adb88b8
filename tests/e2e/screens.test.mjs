// Every screen by axe's default rules, and no wider than the window. The long run looks at each in both languages, both
// themes and two widths; with SHOTS it leaves a picture of each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, expectAccessible, newPage, openApp, serverAndBrowser, shot } from './browser.mjs';
import { ANA } from './server.mjs';

const SETTINGS = ['account', 'privacy', 'users', 'teams', 'roles', 'inboxes', 'chat', 'properties', 'pipeline',
  'ticket-statuses', 'calls', 'tracked-terms', 'clips', 'telephony', 'zoom', 'calendars', 'meeting-links', 'booking-pages', 'domains',
  'api-tokens', 'webhooks', 'mail', 'jobs', 'audit'];
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const looks = process.env.RAPPORT_TEST_FULL
  ? ['en', 'fr'].flatMap((locale) => ['light', 'dark'].flatMap((theme) => [WIDE, PHONE].map((size) => ({ locale, theme, size }))))
  : [{ locale: 'en', theme: 'light', size: WIDE }];

const { server, browser } = await serverAndBrowser();

/** The paths of all screens, by the names of their pictures. */
async function screens(api) {
  const { thread } = (await api.get('/v1/threads?view=all_open&limit=1')).items[0];
  const widget = (await api.get('/v1/chat_widgets')).items[0];
  const deal = (await api.get('/v1/deals?limit=1')).items[0];
  const meeting = (await api.get('/v1/meetings?limit=1')).items[0];
  const link = (await api.get('/v1/booking_links?limit=1')).items[0];
  return {
    inbox: '/inbox',
    conversation: `/inbox/all/all_open/${thread.id}`,
    closed: '/inbox/all/all_closed',
    contact: `/contacts/${thread.contact_id}`,
    contacts: '/contacts',
    companies: '/companies',
    deals: '/deals',
    deal: `/deals/${deal.id}`,
    tickets: '/tickets',
    import: '/contacts/import',
    calls: '/calls',
    transcripts: '/calls/search?q=the',
    clips: '/clips',
    meetings: '/meetings',
    meeting: `/meetings/${meeting.id}`,
    'meeting-links': '/meetings/links',
    'meeting-link': `/meetings/links/${link.id}`,
    'meeting-requests': '/meetings/requests',
    profile: '/profile',
    ...Object.fromEntries(SETTINGS.map((name) => [`settings-${name}`, `/settings/${name}`])),
    'settings-widget': `/settings/chat/${widget.id}`,
    'no-such-page': '/no-such-page',
  };
}

async function look(page, path, name) {
  await page.goto(server.base + path);
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  await page.locator('.skeleton').waitFor({ state: 'detached' });
  await shot(page, name);
  await expectAccessible(page, name);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name} is too wide`);
  const hidden = await page.evaluate(() => {
    const row = document.querySelector('.row[aria-current]')?.getBoundingClientRect();
    return Boolean(row?.height) && row.top < document.querySelector('.virtual-list').getBoundingClientRect().top;
  });
  assert.equal(hidden, false, `the open conversation's row is in sight: ${name}`);
}

for (const { locale, theme, size } of looks) {
  const title = `${locale} ${theme} ${size.width}`;
  test(`every screen is accessible and fits: ${title}`, async () => {
    const name = (screen) => `${screen}-${title.replaceAll(' ', '-')}`;
    const options = { viewport: size, locale, colorScheme: theme, reducedMotion: 'reduce' };
    const stranger = await newPage(browser, options);
    for (const screen of ['sign-in', 'reset-password', 'accept-invitation']) await look(stranger, `/${screen}`, name(screen));
    const api = await server.api(ANA);
    const link = (await api.get('/v1/booking_links?limit=1')).items[0];
    await look(stranger, `/meet/${link.slug}`, name('booking-page'));
    await stranger.context().close();

    await api.patch('/v1/me', { preferences: { locale, theme } });
    // What stands in front of every screen until it is answered is looked at once.
    const page = await openApp(browser, server.base, '/inbox', ANA, options);
    for (const [screen, path] of Object.entries(await screens(api))) await look(page, path, name(screen));
    assert.equal(await page.locator('html').getAttribute('lang'), locale);
    await eventually(async () => (await page.locator('html').getAttribute('data-theme')) === theme, theme);
    await page.context().close();
  });
}
