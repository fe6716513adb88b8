// Opens a booking page in Chromium as on a slow phone, with nothing kept from before, and tells as JSON when something was
// seen, when a day with times could be chosen, and how much was sent: node booking-page.mjs URL
import { launch } from './chromium.mjs';

const [url] = process.argv.slice(2);
const browser = await launch();

try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB', timezoneId: 'Europe/Paris' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const session = await context.newCDPSession(page);
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.dataReceived', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  const speed = (1.6 * 1e6) / 8;
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: speed, uploadThroughput: speed });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  // Times count from the navigation's own start.
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('.book-day.has')) requestAnimationFrame(() => (window.usable = performance.now()));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  const usable_ms = await page.waitForFunction(() => window.usable).then((handle) => handle.jsonValue());
  const paint_ms = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  await page.waitForLoadState('networkidle');
  console.log(JSON.stringify({ paint_ms, usable_ms, bytes }));
} finally {
  await browser.close();
}
