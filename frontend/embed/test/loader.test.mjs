// What a customer's site and its visitors may rely on. Run: NODE_PATH=<node_modules> node --test frontend/embed/test/
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeSource, chatFrame, isOpen, minifiedLoader, received, start } from "./harness.mjs";

let stage;
before(async () => {
  stage = await start();
});
after(() => stage.stop());

const launcher = (page) => page.locator("rapport-chat button");
const panelIsVisible = (page) => page.locator("rapport-chat .panel").isVisible();

// PITFALL-58
test("the loader is at most 5 KB gzipped", async () => {
  const { gzipped } = await minifiedLoader();
  console.log(`loader: ${gzipped} bytes gzipped`);
  assert.ok(gzipped <= 5 * 1024, `${gzipped} bytes`);
});

// PITFALL-58, PITFALL-81
test("before intent nothing but the loader is fetched, and nothing is stored", async () => {
  const page = await stage.page("index.html");
  await launcher(page).hover();
  await launcher(page).focus();
  await page.waitForTimeout(300);
  assert.deepEqual(stage.chat.requests, ["/embed/rapport.js"]);
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
});

test("a click opens the chat, a second one closes it and keeps it alive", async () => {
  const page = await stage.page("index.html", { attributes: 'data-lang="fr" data-label="Discuter" data-theme="dark"' });
  assert.equal(await launcher(page).getAttribute("aria-label"), "Discuter");
  await launcher(page).click();
  const frame = await chatFrame(page);
  assert.deepEqual(stage.chat.requests.slice(1), ["/chat/W1?lang=fr&theme=dark"]);
  assert.ok((await isOpen(page)) && (await panelIsVisible(page)));
  const iframe = page.locator("rapport-chat iframe");
  assert.equal(await iframe.getAttribute("title"), "Discuter");
  assert.equal(await iframe.getAttribute("allow"), "clipboard-write");
  const [init] = await received(frame, "init");
  assert.deepEqual(init, { rapport: 1, type: "init", url: `${stage.site.origin}/index.html`, title: await page.title() });
  await launcher(page).click();
  await page.waitForTimeout(300);
  assert.ok(!(await isOpen(page)) && !(await panelIsVisible(page)));
  assert.ok(!frame.isDetached());
  await frame.waitForFunction(() => window.received.some((message) => message.type === "close"));
  await launcher(page).click();
  await frame.waitForFunction(() => window.received.filter((message) => message.type === "open").length === 2);
  assert.equal(stage.chat.requests.length, 2);
});

test("by keyboard: Enter opens, Escape closes from either side, the focus returns", async () => {
  const page = await stage.page("pricing.html");
  const link = page.getByRole("link", { name: "Ask about tables" });
  await link.focus();
  await page.keyboard.press("Enter");
  const frame = await chatFrame(page);
  await page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.tagName === "IFRAME");
  await frame.getByLabel("Message").focus();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.textContent === "Ask about tables");
  assert.equal(await isOpen(page), false);

  await launcher(page).focus();
  await page.keyboard.press("Enter");
  await launcher(page).focus();
  await page.keyboard.press("Escape");
  assert.equal(await isOpen(page), false);
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.tagName), "BUTTON");
});

test("while the chat is still loading, Escape closes it and nobody's focus is taken", async () => {
  const page = await stage.page("help.html", { loaded: false, init: () => (window.rapport = [["open"]]) });
  await page.route("**/chat/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await page.reload();
  await page.waitForFunction(() => window.rapport.version);
  await page.keyboard.press("Escape");
  assert.equal(await isOpen(page), false);
  await page.locator("summary").first().focus();
  await chatFrame(page);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
});

// CONV-145, SYS-32
for (const fragment of ["#rapport-open", "#hs-chat-open"]) {
  test(`an address ending in ${fragment} opens the chat`, async () => {
    for (const file of [`index.html${fragment}`, `index.html?utm=mail${fragment}`, `index.html#/offers${fragment}`]) {
      const page = await stage.page(file);
      await chatFrame(page);
      assert.ok(await isOpen(page), file);
    }
    const other = await stage.page(`index.html${fragment}ed`);
    assert.equal(await isOpen(other), false);
  });

  test(`a link to ${fragment} opens the chat, also a second time`, async () => {
    const page = await stage.page("index.html");
    await page.locator("a[href='#rapport-open']").evaluate((link, href) => link.setAttribute("href", href), fragment);
    await page.locator(`a[href='${fragment}']`).click();
    await chatFrame(page);
    assert.ok(await isOpen(page));
    await page.evaluate(() => rapport.close());
    await page.locator(`a[href='${fragment}']`).click();
    assert.ok(await isOpen(page));
  });
}

test("client-side navigation keeps the chat, tells it the new page, and may open it", async () => {
  const page = await stage.page("catalogue.html");
  await launcher(page).click();
  const frame = await chatFrame(page);
  await launcher(page).click();
  await page.getByRole("link", { name: /Mistral table/ }).click();
  await frame.waitForFunction(() => window.received.some((message) => message.type === "visit"));
  const [visit] = await received(frame, "visit");
  assert.equal(visit.title, "Mistral table - Atelier Sud");
  assert.equal(visit.url, `${stage.site.origin}/catalogue.html?piece=mistral`);
  assert.equal(stage.chat.requests.length, 2);
  for (const method of ["pushState", "replaceState"]) {
    await page.evaluate((method) => history[method](null, "", "?x=1#secret=1#rapport-open"), method);
    assert.ok(await isOpen(page), method);
    await page.evaluate(() => rapport.close());
    await page.evaluate(() => history.pushState(null, "", "catalogue.html"));
    assert.equal(await isOpen(page), false);
  }
  await page.waitForTimeout(200);
  assert.ok((await received(frame, "visit")).every((message) => !message.url.includes("#")));
});

test("a body that is replaced does not take the chat with it", async () => {
  const page = await stage.page("index.html");
  await launcher(page).click();
  const frame = await chatFrame(page);
  await page.evaluate(() => document.body.replaceWith(document.createElement("body")));
  await page.evaluate(() => (document.body.innerHTML = "<p>another page</p>"));
  assert.ok(!frame.isDetached() && (await isOpen(page)));
  // Even a page that empties <html> gets its launcher back.
  await page.evaluate(() => document.documentElement.replaceChildren(document.createElement("body")));
  await launcher(page).waitFor();
  await page.evaluate(() => document.documentElement.replaceWith(document.createElement("html")));
  await launcher(page).waitFor();
  assert.deepEqual(page.errors, []);
});

test("messages of another origin or another window are ignored", async () => {
  const page = await stage.page("index.html");
  await launcher(page).click();
  const frame = await chatFrame(page);
  await page.evaluate(() => {
    window.seen = [];
    for (const event of ["unread", "message", "close"]) rapport.on(event, () => window.seen.push(event));
    for (const type of ["close", "unread"]) window.postMessage({ rapport: 1, type, count: 7 }, "*");
  });
  // The chat's own origin, but another frame than the chat.
  await page.evaluate((source) => {
    const other = document.createElement("iframe");
    other.src = source;
    document.body.append(other);
  }, `${stage.chat.origin}/chat/other?silent`);
  const other = await (await page.waitForSelector(`body > iframe`)).contentFrame();
  await other.waitForFunction(() => window.tell);
  await other.evaluate(() => (tell("close"), tell("unread", { count: 9 })));
  // The chat itself, but not in the protocol's shape.
  await frame.evaluate(() => {
    parent.postMessage({ type: "close" }, "*");
    parent.postMessage("close", "*");
    parent.postMessage(null, "*");
    tell("unread", { count: "<b>" });
    tell("unread", { count: -1 });
    tell("event", { name: "constructor" });
  });
  await page.waitForTimeout(200);
  assert.ok(await isOpen(page));
  assert.deepEqual(await page.evaluate(() => window.seen), []);
  assert.deepEqual(page.errors, []);
});

test("messages for the chat never reach a page of another origin in its frame", async () => {
  const page = await stage.page("index.html");
  await launcher(page).click();
  await chatFrame(page);
  await page.evaluate((site) => {
    const iframe = document.querySelector("rapport-chat").shadowRoot.querySelector("iframe");
    iframe.src = site + "/help.html";
    return new Promise((resolve) => (iframe.onload = resolve));
  }, stage.site.origin.replace("127.0.0.1", "localhost"));
  const stranger = page.frames().at(-1);
  await stranger.evaluate(() => addEventListener("message", (event) => (window.leaked = event.data)));
  await page.evaluate(() => rapport.identify({ token: "secret" }));
  await page.waitForTimeout(200);
  assert.equal(await stranger.evaluate(() => window.leaked), undefined);
});

test("unread messages are counted on the launcher, for the eye and the ear", async () => {
  const page = await stage.page("index.html");
  await page.evaluate(() => rapport.open());
  const frame = await chatFrame(page);
  await page.evaluate(() => {
    rapport.close();
    rapport.on("unread", (count) => (window.count = count));
  });
  for (const [count, shown] of [[2, "2"], [120, "99+"]]) {
    await frame.evaluate((count) => tell("unread", { count }), count);
    await page.waitForFunction((count) => window.count === count, count);
    assert.equal(await page.locator("rapport-chat i").textContent(), shown);
    assert.equal(await launcher(page).getAttribute("aria-label"), `Chat (${shown})`);
  }
  await frame.evaluate(() => tell("unread", { count: 0 }));
  await page.waitForFunction(() => window.count === 0);
  assert.ok(!(await page.locator("rapport-chat i").isVisible()));
});

test("calls made before the loader arrived are carried out in order", async () => {
  const init = () => {
    window.log = [];
    window.rapport = window.rapport || [];
    rapport.push(["on", "ready", () => window.log.push("ready")]);
    rapport.push(["on", "open", () => window.log.push("open")]);
    rapport.push(["nonsense"]);
    rapport.push(["identify", { name: "Zoë", email: "zoe@client.example", admin: true }]);
    rapport.push(["open"]);
  };
  const page = await stage.page("index.html", { init });
  const frame = await chatFrame(page);
  assert.deepEqual(await page.evaluate(() => window.log), ["open", "ready"]);
  const [identity] = await received(frame, "identify");
  assert.deepEqual(identity, { rapport: 1, type: "identify", name: "Zoë", email: "zoe@client.example" });
  await page.evaluate(() => rapport.on("ready", () => window.log.push("late")));
  assert.deepEqual(await page.evaluate(() => window.log), ["open", "ready", "late"]);
});

test("identify, events and off", async () => {
  const page = await stage.page("index.html");
  await page.evaluate(() => rapport.identify({ token: "signed" }));
  assert.equal(stage.chat.requests.length, 1, "identifying is no intent");
  await page.evaluate(() => {
    window.seen = [];
    window.listener = (detail) => window.seen.push(detail);
    rapport.on("conversation_started", window.listener);
    rapport.on("message", () => {
      throw new Error("a fault of the site");
    });
    rapport.on("message", window.listener);
    rapport.toggle();
  });
  const frame = await chatFrame(page);
  assert.equal((await received(frame, "identify"))[0].token, "signed");
  await frame.evaluate(() => {
    tell("event", { name: "conversation_started", detail: { id: "1" } });
    tell("event", { name: "message", detail: { id: "2" } });
  });
  await page.waitForFunction(() => window.seen.length === 2);
  assert.deepEqual(page.errors, ["a fault of the site"]);
  await page.evaluate(() => rapport.off("message", window.listener));
  await frame.evaluate(() => tell("event", { name: "message", detail: { id: "3" } }));
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => window.seen.length), 2);
  assert.match(await page.evaluate(() => {
    try { rapport.identify({}); } catch (error) { return error.message; }
  }), /token/);
});

// PITFALL-41
test("a reset on a page without a loaded chat reaches the chat on a later page", async () => {
  const page = await stage.page("index.html");
  await page.evaluate(() => rapport.reset());
  assert.equal(stage.chat.requests.length, 1);
  await page.goto(`${stage.site.origin}/help.html`);
  await page.waitForFunction(() => window.rapport?.version);
  await page.evaluate(() => (rapport.identify({ token: "next" }), rapport.open()));
  let frame = await chatFrame(page);
  assert.deepEqual((await frame.evaluate(() => received.map((message) => message.type))).slice(0, 3), ["reset", "init", "identify"]);
  await page.reload();
  await page.waitForFunction(() => window.rapport?.version);
  await page.evaluate(() => rapport.open());
  frame = await chatFrame(page);
  assert.deepEqual(await received(frame, "reset"), []);
  await page.evaluate(() => rapport.reset());
  await frame.waitForFunction(() => window.received.some((message) => message.type === "reset"));
});

test("a second tag, blocked storage and a strict content policy do no harm", async () => {
  const twice = await stage.page("index.html", { before: `<script async src="${stage.chat.origin}/embed/rapport.js" data-widget="W1"></script>` });
  await twice.waitForLoadState("networkidle");
  assert.equal(await twice.locator("rapport-chat").count(), 1);

  const blocked = () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("blocked", "SecurityError"); } });
  const page = await stage.page("index.html", { init: blocked });
  await page.evaluate(() => (rapport.reset(), rapport.open()));
  const frame = await chatFrame(page);
  assert.equal((await received(frame, "reset")).length, 1);
  assert.deepEqual([...twice.errors, ...page.errors], []);

  const policy = `default-src 'none'; style-src 'self'; script-src ${stage.chat.origin}; frame-src ${stage.chat.origin}; require-trusted-types-for 'script'`;
  const strict = await stage.page("index.html", { headers: { "content-security-policy": policy }, loaded: false });
  await launcher(strict).click();
  await chatFrame(strict);
  assert.equal((await launcher(strict).boundingBox()).width, 56);
});

test("the page's own styles cannot hide or bend the launcher", async () => {
  const before = "<style>html > :not(head, body), body * { display: none !important; position: static !important; opacity: 0 !important; transform: scale(0) !important } button { width: 3px !important }</style>";
  const page = await stage.page("index.html", { before });
  const box = await launcher(page).boundingBox();
  assert.ok(box.width === 56 && box.height === 56, JSON.stringify(box));
  await launcher(page).click();
  await chatFrame(page);
});

test("colour, contrast and side follow the tag, and nothing else does", async () => {
  const look = (page) => launcher(page).evaluate((button) => {
    const { backgroundColor, color, left } = getComputedStyle(button);
    return { backgroundColor, color, left };
  });
  const white = "rgb(255, 255, 255)";
  const black = "rgb(0, 0, 0)";
  for (const [given, background, ink] of [
    ["#0f8b8d", "rgb(15, 139, 141)", black],
    ["#123456", "rgb(18, 52, 86)", white],
    ["#ffe08a", "rgb(255, 224, 138)", black],
    ["red;}*{display:none", "rgb(75, 63, 228)", white],
  ]) {
    const page = await stage.page("index.html", { attributes: `data-color="${given}" data-position="left"` });
    const { backgroundColor, color, left } = await look(page);
    assert.deepEqual([backgroundColor, color, left], [background, ink, "20px"]);
  }
});

test("on a phone the chat fills the screen and can be left before it has loaded", async () => {
  const page = await stage.page("index.html", { viewport: { width: 390, height: 760 } });
  await page.route("**/chat/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await launcher(page).click();
  assert.ok(await launcher(page).isVisible());
  const frame = await chatFrame(page);
  await launcher(page).waitFor({ state: "hidden" });
  await page.waitForTimeout(250);
  assert.deepEqual(await page.locator("rapport-chat .panel").boundingBox(), { x: 0, y: 0, width: 390, height: 760 });
  await frame.evaluate(() => (tell("resize", { height: 300 }), tell("close")));
  await launcher(page).waitFor();
  const desktop = await stage.page("index.html", { viewport: { width: 1280, height: 800 } });
  await launcher(desktop).click();
  const wide = await chatFrame(desktop);
  await desktop.waitForTimeout(250);
  const size = async () => { const { width, height } = await desktop.locator("rapport-chat .panel").boundingBox(); return [width, height]; };
  assert.deepEqual(await size(), [380, 600]);
  await wide.evaluate(() => tell("resize", { height: 420 }));
  await desktop.waitForTimeout(100);
  assert.deepEqual(await size(), [380, 420]);
  await wide.evaluate(() => tell("resize", { height: 9000 }));
  await desktop.waitForTimeout(100);
  assert.deepEqual(await size(), [380, 692]);
});

test("axe finds nothing, closed and open, light and dark, on every page of the sample site", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const file of ["index.html", "catalogue.html", "pricing.html", "help.html"]) {
      const page = await stage.page(file, { colorScheme, reducedMotion: "reduce" });
      await page.addScriptTag({ path: axeSource });
      for (const state of ["closed", "open"]) {
        if (state === "open") {
          await launcher(page).click();
          await chatFrame(page);
        }
        const { violations } = await page.evaluate(() => axe.run());
        const found = violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(", ")}`);
        assert.deepEqual(found, [], `${file} ${colorScheme} ${state}`);
      }
    }
  }
});
