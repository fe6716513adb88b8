// Opens calls in Chromium from the list of calls, as a user who has just signed in, and tells as JSON how long that took
// and how much memory the tab holds: node call-page.mjs BASE EMAIL PASSWORD CALL_OF_AN_HOUR CALL_OF_THREE_HOURS
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from './chromium.mjs';

const [base, email, password, hour, long] = process.argv.slice(2);

const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
page.setDefaultTimeout(30_000);

/** Has `window.opened` tell, in milliseconds, how long after the next click waveform and transcript are on the screen. */
function watch() {
  const isDrawn = () => {
    const canvas = document.querySelector('canvas.wave');
    if (!canvas?.width || !canvas.height || !document.querySelector('.seg')?.textContent) return false;
    const { data } = canvas.getContext('2d').getImageData(0, Math.floor(canvas.height * 0.4), canvas.width, 1);
    let bars = 0;
    for (let at = 3; at < data.length; at += 4) bars += data[at] > 0;
    return bars > 40;
  };
  window.opened = new Promise((resolve) => {
    const begin = ({ timeStamp }) => {
      const look = () => {
        // The frame in which they are there has been painted when the next one begins.
        if (isDrawn()) requestAnimationFrame(() => resolve(performance.now() - timeStamp));
        else requestAnimationFrame(look);
      };
      look();
    };
    addEventListener('click', begin, { capture: true, once: true });
  });
}

async function open(call) {
  const link = page.locator(`main a[href^="/calls/${call}"]`).first();
  await link.waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(watch);
  await link.click();
  return page.evaluate(() => window.opened);
}

async function back() {
  await page.goBack();
  await page.locator('canvas.wave').first().waitFor({ state: 'detached' });
}

/** Plays, looks closely at several places and searches. */
async function use() {
  await page.locator('.play').click();
  await page.waitForFunction(() => document.querySelector('audio, video')?.currentTime > 1);
  for (const tenth of ['9', '2', '6']) {
    await page.locator('body').press(tenth);
    for (let press = 0; press < 6; press += 1) await page.getByRole('button', { name: 'Look closer' }).click();
    await page.waitForLoadState('networkidle');
  }
  await page.getByRole('searchbox').last().fill('ba');
  await page.locator('mark').first().waitFor();
  await sleep(3000);
}

/** The memory that the tab's process has for itself, in bytes, as Chromium's task manager counts it. */
async function tabBytes() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const own = ({ id }) => {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const kibibytes = (name) => Number(status.match(`${name}:\\s+(\\d+) kB`)[1]);
    return 1024 * (kibibytes('RssAnon') + kibibytes('VmSwap'));
  };
  // Beside the tab's there may be one kept ready for the next tab.
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(own));
}

try {
  await page.goto(`${base}/sign-in`);
  await page.locator('input[autocomplete=username]').fill(email);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/inbox**');
  await page.goto(`${base}/calls`);
  const first_ms = await open(hour);
  await back();
  const again_ms = await open(hour);
  await back();
  const long_ms = await open(long);
  await use();
  console.log(JSON.stringify({ first_ms, again_ms, long_ms, tab_bytes: await tabBytes() }));
} finally {
  await browser.close();
}
