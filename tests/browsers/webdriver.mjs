// Firefox and WebKit, driven by their own WebDriver servers, with what pages inside others may store switched off.
import { spawn } from 'node:child_process';
import { Builder, Capabilities } from 'selenium-webdriver';
import { answers, freePort } from '../e2e/server.mjs';

/** What a program prints first. */
const firstWords = (child) => new Promise((resolve, reject) => {
  child.stdout.once('data', (text) => resolve(String(text).trim()));
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
});

/** Starts a WebDriver server, waits until it answers, and opens a browser there. Answers both ends. */
async function open(program, environment, capabilities) {
  const port = await freePort();
  const child = spawn(program, ['--host=127.0.0.1', `--port=${port}`], { stdio: 'ignore', env: { ...process.env, ...environment } });
  const failed = new Promise((_, reject) => child.once('error', reject));
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([answers(`${url}/status`, child), failed]);
    const driver = await new Builder().usingServer(url).withCapabilities(new Capabilities(capabilities)).build();
    return { driver, stop: () => driver.quit().finally(() => child.kill('SIGTERM')) };
  } catch (error) {
    child.kill('SIGTERM');
    throw error;
  }
}

/** Opens Firefox, which refuses pages inside others any storage at all. */
export function firefox() {
  const prefs = { 'network.cookie.cookieBehavior': 1 };
  return open(process.env.RAPPORT_TEST_GECKODRIVER, {}, {
    browserName: 'firefox',
    'moz:firefoxOptions': { binary: '/usr/bin/firefox-esr', args: ['-headless'], prefs },
  });
}

/** Opens WebKit's MiniBrowser on a screen that nobody sees, which keeps no cookies of pages inside others. */
export async function webkit() {
  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const display = `:${await firstWords(screen)}`;
  // Its sandbox needs name spaces of the kernel, which whoever runs tests in a container rarely has.
  const environment = { DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
  const end = () => screen.kill('SIGTERM');
  try {
    const { driver, stop } = await open('WebKitWebDriver', environment, {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { args: ['--automation', '--cookies-policy=no-third-party'] },
    });
    return { driver, stop: () => stop().finally(end) };
  } catch (error) {
    end();
    throw error;
  }
}
