// Chromium as the figures are taken in it.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../frontend/js/package.json', import.meta.url));
const { chromium } = require('playwright-core');

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update'],
  });
