// What the tests of the loader stand on: a customer's site and a chat on two origins, and a real browser.
//
// The modules playwright-core, axe-core and esbuild are looked up from NODE_PATH, because they belong to the test
// command and not to this folder.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const folder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The loader as it is shipped, for figures about its size. */
export async function minifiedLoader() {
  const source = await readFile(path.join(folder, "rapport.js"), "utf8");
  const { code } = await require("esbuild").transform(source, { minify: true, target: "es2020" });
  return { code, gzipped: gzipSync(code, { level: 9 }).length };
}

/** The other side of the protocol: a page that says it is ready, keeps what it is told, and sends what it is asked to. */
const CHAT_PAGE = `<!doctype html><html lang="en"><title>Chat</title><main><h1>Chat</h1><input aria-label="Message"></main>
<script>
  window.received = [];
  const site = new URL(document.referrer).origin;
  window.tell = (type, content) => parent.postMessage({ ...content, rapport: 1, type }, site);
  addEventListener("message", (event) => event.origin === site && received.push(event.data));
  addEventListener("keydown", (event) => event.key === "Escape" && tell("close"));
  if (!location.search.includes("silent")) tell("ready");
</script>`;

/** A booking page: says how tall it is, and what it is asked to. */
const BOOKING_PAGE = `<!doctype html><html lang="en"><title>Booking</title><main><h1>Booking</h1><button>9:30</button><button>Next</button></main>
<script>
  const site = new URL(document.referrer).origin;
  window.tell = (type, content) => parent.postMessage({ ...content, rapport: 1, type }, site);
  addEventListener("keydown", (event) => event.key === "Escape" && tell("close"));
  tell("ready");
  tell("resize", { height: 433 });
</script>`;

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

async function listen(answer) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    requests.push(url.pathname + url.search);
    try {
      await answer(url, response);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, requests, origin: `http://127.0.0.1:${server.address().port}` };
}

/** Starts both origins and the browser. `page(path, options)` opens a page of the site with the loader's tag in it. */
export async function start() {
  const chat = await listen(async (url, response) => {
    if (url.pathname === "/embed/rapport.js") {
      response.writeHead(200, { "content-type": TYPES[".js"] });
      response.end(await readFile(path.join(folder, "rapport.js")));
    } else if (url.pathname.startsWith("/chat/")) {
      response.writeHead(200, { "content-type": TYPES[".html"] });
      response.end(CHAT_PAGE);
    } else if (url.pathname.startsWith("/meet/")) {
      response.writeHead(200, { "content-type": TYPES[".html"] });
      response.end(BOOKING_PAGE);
    } else {
      response.writeHead(404).end();
    }
  });

  let served = { attributes: "", before: "", headers: {}, widget: "" };
  const site = await listen(async (url, response) => {
    const file = path.join(folder, "demo-site", path.basename(url.pathname));
    const type = TYPES[path.extname(file)];
    const tag = `${served.before}<script async src="${chat.origin}/embed/rapport.js" ${served.widget} ${served.attributes}></script>`;
    const text = (await readFile(file, "utf8")).replace("{{tracking_code}}", tag);
    response.writeHead(200, { "content-type": type, ...served.headers });
    response.end(text);
  });

  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const pages = [];
  return {
    chat,
    site,
    /** Opens `file` of the site in a browser context of its own. `loaded: false` does not wait for the loader. */
    async page(file, { attributes = "", before = "", headers = {}, widget = 'data-widget="W1"', init, loaded = true, ...context } = {}) {
      served = { attributes, before, headers, widget };
      chat.requests.length = 0;
      const opened = await (await browser.newContext(context)).newPage();
      pages.push(opened);
      opened.errors = [];
      opened.on("pageerror", (error) => opened.errors.push(error.message));
      if (init) await opened.addInitScript(init);
      await opened.goto(`${site.origin}/${file}`);
      if (loaded) await opened.waitForFunction((chat) => (chat ? window.rapport?.version : window.rapportBooking), widget.includes("data-widget"));
      return opened;
    },
    async stop() {
      await browser.close();
      for (const { server } of [chat, site]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** The chat's frame once it is there. */
export async function chatFrame(page) {
  const handle = await page.waitForSelector("rapport-chat iframe", { state: "attached" });
  const frame = await handle.contentFrame();
  await frame.waitForFunction(() => window.received?.some((message) => message.type === "init"));
  return frame;
}

/** The booking page's frame in `place`, once it is there. */
export async function bookingFrame(page, place) {
  const handle = await page.waitForSelector(`${place} iframe`, { state: "attached" });
  const frame = await handle.contentFrame();
  await frame.waitForFunction(() => window.tell);
  return frame;
}

export const isOpen = (page) => page.locator("rapport-chat button").getAttribute("aria-expanded").then((value) => value === "true");
export const received = (frame, type) => frame.evaluate((type) => window.received.filter((message) => message.type === type), type);
export const axeSource = require.resolve("axe-core");
