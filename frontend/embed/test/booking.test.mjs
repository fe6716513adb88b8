// Booking pages inside a customer's site. Run: NODE_PATH=<node_modules> node --test frontend/embed/test/
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeSource, bookingFrame, start } from "./harness.mjs";

let stage;
before(async () => {
  stage = await start();
});
after(() => stage.stop());

/** A page of the site without the chat. */
const open = (options = {}) => stage.page("booking.html", { widget: "data-rapport", ...options });
const meetings = () => stage.chat.requests.filter((request) => request.startsWith("/meet/"));
const dialog = (page) => page.locator("rapport-booking dialog[open]");
const popUp = (page) => page.getByRole("link", { name: /window of its own/ });
const float = (page) => page.getByRole("button", { name: "Book a visit" });

// MEET-86, MEET-91
test("in its place a page is shown, as tall as it is", async () => {
  const page = await open();
  const frame = await bookingFrame(page, "[data-rapport-booking]");
  assert.deepEqual(meetings(), ["/meet/ana/intro?embed=1&theme=auto"]);
  const iframe = page.locator("[data-rapport-booking] iframe");
  assert.equal(await iframe.getAttribute("loading"), "lazy");
  await page.waitForFunction(() => document.querySelector("[data-rapport-booking] iframe").clientHeight === 437);
  await frame.evaluate(() => tell("resize", { height: 900 }));
  await page.waitForFunction(() => document.querySelector("[data-rapport-booking] iframe").clientHeight === 904);
  await frame.evaluate(() => (tell("resize", { height: -5 }), tell("resize", { height: "<b>" })));
  await page.waitForTimeout(100);
  assert.equal((await iframe.boundingBox()).height, 904);
  assert.deepEqual(page.errors, []);
});

// PITFALL-81
test("dialog and button load nothing before the click", async () => {
  const page = await open();
  await bookingFrame(page, "[data-rapport-booking]");
  await float(page).hover();
  await popUp(page).focus();
  await page.waitForTimeout(200);
  assert.equal(meetings().length, 1, "only what stands in its place");
  await float(page).click();
  await bookingFrame(page, "rapport-booking");
  assert.equal(meetings().length, 2);
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
});

test("a click opens the dialog, Escape closes it from either side, and what was typed stays", async () => {
  const page = await open();
  await popUp(page).focus();
  await page.keyboard.press("Enter");
  const frame = await bookingFrame(page, "rapport-booking dialog");
  await dialog(page).waitFor();
  assert.ok(page.url().endsWith("/booking.html"), "the link itself is not followed");
  await frame.getByRole("button", { name: "Next" }).focus();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.matches("[data-rapport-booking-popup]"));
  assert.equal(await dialog(page).count(), 0);

  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  assert.ok(!frame.isDetached(), "the same page is shown again");
  await page.getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("Escape");
  assert.equal(await dialog(page).count(), 0);
  await page.evaluate(() => rapportBooking.open("ana/intro"));
  await dialog(page).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  assert.equal(await dialog(page).count(), 0);
  assert.deepEqual(page.errors, []);
});

test("the dialog keeps the focus", async () => {
  const page = await open();
  await float(page).click();
  await bookingFrame(page, "rapport-booking dialog");
  const places = new Set();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("Tab");
    places.add(await page.evaluate(() => document.activeElement.localName));
  }
  assert.ok(!places.has("a") && !places.has("summary"), [...places].join(" "));
});

// MEET-91
test("a booking is told to the element that it was made from", async () => {
  const page = await open();
  await page.evaluate(() => {
    window.seen = [];
    document.addEventListener("rapport:booked", (event) => {
      const { target, detail } = event;
      window.seen.push([target.getAttributeNames().find((name) => name.startsWith("data-rapport")), detail]);
    });
  });
  const told = { starts_at: "2026-06-12T07:30:00Z", ends_at: "2026-06-12T08:00:00Z" };
  const tell = (frame) => frame.evaluate((detail) => window.tell("booked", { detail }), told);
  await tell(await bookingFrame(page, "[data-rapport-booking]"));
  await popUp(page).click();
  await tell(await bookingFrame(page, "rapport-booking dialog"));
  await page.waitForFunction(() => window.seen.length === 2);
  const detail = { slug: "ana/intro", ...told };
  assert.deepEqual(await page.evaluate(() => window.seen), [
    ["data-rapport-booking", detail],
    ["data-rapport-booking-popup", detail],
  ]);
});

test("messages of others are ignored", async () => {
  const page = await open();
  const frame = await bookingFrame(page, "[data-rapport-booking]");
  await page.waitForFunction(() => document.querySelector("[data-rapport-booking] iframe").clientHeight === 437);
  await page.evaluate(() => {
    window.seen = 0;
    document.addEventListener("rapport:booked", () => (window.seen += 1));
    window.postMessage({ rapport: 1, type: "resize", height: 50 }, "*");
    window.postMessage({ rapport: 1, type: "booked" }, "*");
  });
  await frame.evaluate(() => parent.postMessage({ type: "booked" }, "*"));
  await page.waitForTimeout(150);
  assert.equal(await page.evaluate(() => window.seen), 0);
  assert.equal(await page.evaluate(() => document.querySelector("[data-rapport-booking] iframe").clientHeight), 437);
});

test("places that come later are filled, once each", async () => {
  const page = await open();
  await bookingFrame(page, "[data-rapport-booking]");
  await page.evaluate(() => {
    const place = document.createElement("div");
    place.dataset.rapportBooking = "ana/long";
    place.id = "later";
    document.querySelector("main").append(place);
  });
  await bookingFrame(page, "#later");
  await page.evaluate(() => document.querySelector("main").append(document.createElement("p")));
  await page.waitForTimeout(100);
  assert.equal(await page.locator("[data-rapport-booking] iframe").count(), 2);
});

// PITFALL-80
test("a strict content policy and the chat beside it do no harm", async () => {
  const policy = `default-src 'none'; style-src 'self'; img-src 'self'; script-src ${stage.chat.origin}; frame-src ${stage.chat.origin}; require-trusted-types-for 'script'`;
  const page = await stage.page("booking.html", { headers: { "content-security-policy": policy } });
  await bookingFrame(page, "[data-rapport-booking]");
  await page.locator("rapport-chat button").waitFor();
  await float(page).click();
  await bookingFrame(page, "rapport-booking dialog");
  await dialog(page).waitFor();
  const [chat, button] = await Promise.all([page.locator("rapport-chat button").boundingBox(), float(page).boundingBox()]);
  assert.ok(button.y + button.height <= chat.y, "the button stands above the launcher");
  assert.deepEqual(page.errors, []);
});

test("axe finds nothing, closed and open, at 320 px", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open({ colorScheme, reducedMotion: "reduce", viewport: { width: 320, height: 640 } });
    await bookingFrame(page, "[data-rapport-booking]");
    await page.addScriptTag({ path: axeSource });
    for (const state of ["closed", "open"]) {
      if (state === "open") {
        await float(page).click();
        await bookingFrame(page, "rapport-booking dialog");
      }
      const { violations } = await page.evaluate(() => axe.run());
      const found = violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(", ")}`);
      assert.deepEqual(found, [], `${colorScheme} ${state}`);
    }
  }
});
