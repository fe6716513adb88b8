/**
 * Rapport's loader for customers' sites. One tag, placed anywhere in a page:
 *
 *   <script async src="https://HOST/embed/rapport.js" data-widget="ID"></script>
 *
 * It draws the launcher and loads nothing else until there is intent: a click on the launcher, a call of
 * `rapport.open()`, or an address that ends in `#rapport-open` (or `#hs-chat-open`). Then the chat is shown in an
 * iframe of its own origin, which stays alive when closed so that answers arrive. It sets no cookies.
 *
 * Attributes of the tag: data-widget (for the chat), data-color (#rrggbb), data-position (right | left), data-label (name
 * of the launcher), data-lang (language of the chat; the page's own otherwise), data-theme (auto | light | dark).
 *
 * API: `window.rapport`, with open(), close(), toggle(), identify({token}) or identify({name, email}), reset(),
 * on(event, fn), off(event, fn), version. Calls made before this file has loaded are kept by a plain array:
 *
 *   window.rapport = window.rapport || []; rapport.push(["on", "unread", (count) => ...]);
 *
 * Events: ready (the API works), open, close, unread (count), message, conversation_started, conversation_ended,
 * error; the last four with a detail object.
 *
 * Between page and iframe go messages {rapport: 1, type, ...}, each side checking the other's exact origin.
 * From the iframe: ready, unread {count}, close, resize {height}, event {name, detail}. To the iframe: reset,
 * init {url, title}, identify {token} or {name, email}, open, close, visit {url, title}.
 *
 * Booking pages are shown by elements of the page; `ana/intro` are the two parts of a link's address:
 *
 *   <div data-rapport-booking="ana/intro"></div>                            in its place
 *   <a data-rapport-booking-popup="ana/intro" href="...">Book</a>           in a dialog, when it is clicked
 *   <button data-rapport-booking-button="ana/intro">Book a meeting</button> the same, from a button that floats
 *
 * The last two load nothing before the click. `rapportBooking.open("ana/intro")` opens the dialog too. When a meeting was
 * booked, the element gets a `rapport:booked` event that rises, with {slug, starts_at, ends_at} as its detail. From the
 * iframe come ready, resize {height}, close, booked {detail}; nothing goes to it.
 */
(() => {
  "use strict";
  const VERSION = 1;
  const DEFAULT_COLOR = "#4b3fe4";
  /** How long the iframe may take to report `ready` before an `error` event, in milliseconds. */
  const LOAD_LIMIT = 20000;
  const EVENTS_OF_IFRAME = ["message", "conversation_started", "conversation_ended", "error"];
  const OPENING_FRAGMENT = /#(rapport|hs-chat)-open$/;

  const script = document.currentScript || document.querySelector("script[src*='/embed/rapport']");
  if (!script) return;

  const options = script.dataset;
  const widget = !window.rapport?.version && options.widget;
  const label = options.label || "Chat";
  const color = /^#[0-9a-f]{6}$/i.test(options.color) ? options.color : DEFAULT_COLOR;
  const side = /left/.test(options.position) ? "left" : "right";
  const theme = /^(light|dark)$/.test(options.theme) ? options.theme : "auto";
  const language = options.lang || document.documentElement.lang;
  const chatUrl = new URL("../chat/" + encodeURIComponent(widget), script.src);
  const resetKey = "rapport-reset-" + widget;

  let iframe = null;
  let frameReady = false;
  let isOpen = false;
  let identity = null;
  let apiReady = false;
  let resetInMemory = false;
  let focusedBefore = null;
  let lastHref = "";

  /* ---- look ---------------------------------------------------------------------------------------------------- */

  /** Black or white, whichever has the higher contrast on `background` (relative luminance as in WCAG 2.2). */
  const inkOn = (background) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const channel = parseInt(background.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    // Contrast with black equals contrast with white where (L + 0.05)² = 0.05 × 1.05.
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
  };

  /** Makes an element without innerHTML, which pages with Trusted Types forbid. */
  const element = (name, attributes, ...children) => {
    const svg = name === "svg" || name === "path";
    const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  };
  const icon = (kind, path) =>
    element("svg", { class: kind, viewBox: "0 0 24 24", "aria-hidden": "true" }, element("path", { d: path }));

  // In a shadow root `!important` on :host wins over the page's own rules, whatever they are.
  const HOST_CSS =
    ":host{all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto 0 0!important;height:0!important}";
  /** What is drawn stands beside the body, which frameworks replace, in a tree that the page's own rules do not reach. */
  const hosts = [];
  const shadowOf = (host, css) => {
    if (options.lang) host.lang = options.lang;
    const shadow = host.attachShadow({ mode: "open" });
    try {
      // Allowed under any Content-Security-Policy, which a style element is not.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(HOST_CSS + css);
      shadow.adoptedStyleSheets = [sheet];
    } catch {
      shadow.append(element("style", {}, HOST_CSS + css));
    }
    hosts.push(host);
    attach();
    return shadow;
  };
  /** Puts back what is drawn when even <html> is emptied. */
  const attach = () => {
    for (const host of hosts) if (!host.isConnected) document.documentElement.append(host);
  };

  const CROSS = "M6 6l12 12M18 6L6 18";
  const ink = inkOn(color);
  const isSystem = theme === "auto";
  const darkPanel = ".panel{background:#19191c;color-scheme:dark}";
  const css = `
button{all:unset;box-sizing:border-box;position:fixed;bottom:calc(20px + env(safe-area-inset-bottom,0px));${side}:20px;
width:56px;height:56px;border-radius:50%;background:${color};color:${ink};cursor:pointer;display:grid;place-items:center;
border:2px solid transparent;box-shadow:0 4px 16px rgb(0 0 0/.24);z-index:1;-webkit-tap-highlight-color:transparent}
button:hover{filter:brightness(1.08)}
button:focus-visible{outline:3px solid ${color};outline-offset:3px;border-color:${ink}}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.x,.open .bubble{display:none}.open .x{display:block}
i{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;
background:#b42318;color:#fff;font:600 12px/22px system-ui,sans-serif;text-align:center}
i:empty,.open i{display:none}
.panel{position:fixed;bottom:calc(88px + env(safe-area-inset-bottom,0px));${side}:20px;width:380px;height:600px;
max-width:calc(100vw - 40px);max-height:calc(100vh - 108px);border-radius:14px;overflow:hidden;background:#fff;
box-shadow:0 12px 40px rgb(0 0 0/.28);visibility:hidden;opacity:0;transform:translateY(8px);overscroll-behavior:contain}
.open .panel{visibility:visible;opacity:1;transform:none}
iframe{display:block;width:100%;height:100%;border:0}
${isSystem ? `@media(prefers-color-scheme:dark){${darkPanel}}` : theme === "dark" ? darkPanel : ""}
@media(prefers-reduced-motion:no-preference){.panel{transition:opacity .15s,transform .15s,visibility .15s}}
@media(max-width:479.98px){.panel{inset:0;width:auto;height:auto!important;max-width:none;max-height:none;border-radius:0}
.open.ready button{display:none}}
@media(forced-colors:active){button,.panel{border:2px solid}}
@media print{:host{display:none!important}}`;

  /* ---- booking pages -------------------------------------------------------------------------------------------- */

  const isFirst = !window.rapportBooking;
  const INLINE = "data-rapport-booking";
  const POPUP = INLINE + "-popup";
  const BUTTON = INLINE + "-button";
  const french = /^fr/.test(language);
  const dark = isSystem ? `@media(prefers-color-scheme:dark){dialog{background:#19191c}}` : theme === "dark" ? "dialog{background:#19191c}" : "";
  const bookingCss = `
.float{all:unset;box-sizing:border-box;position:fixed;bottom:calc(${widget ? 88 : 20}px + env(safe-area-inset-bottom,0px));${side}:20px;
padding:12px 20px;border-radius:24px;background:${color};color:${ink};font:600 15px/1.5 system-ui,sans-serif;cursor:pointer;
box-shadow:0 4px 16px rgb(0 0 0/.24)}
.float:focus-visible,.shut:focus-visible{outline:3px solid ${color};outline-offset:3px}
dialog{box-sizing:border-box;width:min(980px,100vw - 32px);max-width:none;max-height:calc(100vh - 32px);padding:0;border:0;
border-radius:14px;overflow:auto;background:#fff;box-shadow:0 12px 40px rgb(0 0 0/.28)}
dialog::backdrop{background:rgb(0 0 0/.5)}
.shut{all:unset;position:sticky;top:0;float:right;width:44px;height:44px;display:grid;place-items:center;cursor:pointer;color:#777}
svg{width:22px;height:22px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round}
iframe{display:block;clear:both;width:100%;border:0;color-scheme:normal}
${dark}
@media(max-width:600px){dialog{width:100vw;height:100dvh;max-height:none;border-radius:0}}
@media print{:host{display:none!important}}`;

  /** The iframe of a link's page, as tall as what is in it. `place` is told of bookings. */
  const bookingFrame = (slug, place, close) => {
    const url = new URL("../meet/" + slug.split("/").map(encodeURIComponent).join("/"), script.src);
    url.search = new URLSearchParams({ embed: 1, theme });
    const title = french ? "Réservation" : "Booking";
    const frame = element("iframe", { title, loading: "lazy", referrerpolicy: "origin", allow: "clipboard-write", src: url.href });
    // By script, which no Content-Security-Policy forbids.
    Object.assign(frame.style, { display: "block", width: "100%", height: "560px", border: "0", colorScheme: "normal" });
    addEventListener("message", ({ origin, source, data }) => {
      if (origin !== url.origin || !source || source !== frame.contentWindow || data?.rapport !== 1) return;
      if (data.type === "resize" && data.height > 0) frame.style.height = Math.min(data.height + 4, 9999) + "px";
      else if (data.type === "close") close?.();
      else if (data.type === "booked")
        place().dispatchEvent(new CustomEvent("rapport:booked", { bubbles: true, detail: { slug, ...data.detail } }));
    });
    return frame;
  };

  let bookingShadow;
  const drawn = () => (bookingShadow ||= shadowOf(element("rapport-booking", {}), bookingCss));
  const dialogs = {};
  /** Shows a link's page above the page, which rests meanwhile; what was typed is kept when it is closed. */
  const openBooking = (slug, opener = document.body) => {
    let dialog = dialogs[slug];
    if (!dialog) {
      const shut = element("button", { class: "shut", type: "button", "aria-label": french ? "Fermer" : "Close" }, icon("", CROSS));
      dialog = dialogs[slug] = element("dialog", { "aria-label": french ? "Réservation" : "Booking" }, shut);
      dialog.append(bookingFrame(slug, () => (dialog.opener.isConnected ? dialog.opener : document.body), () => dialog.close()));
      shut.addEventListener("click", () => dialog.close());
      dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
      drawn().append(dialog);
    }
    dialog.opener = opener;
    if (!dialog.open) dialog.showModal();
  };

  const seen = new WeakSet();
  /** Fills the places for booking pages that have come since the last time. */
  const scan = () => {
    for (const place of document.querySelectorAll(`[${INLINE}],[${BUTTON}]`)) {
      if (seen.has(place)) continue;
      seen.add(place);
      const slug = place.getAttribute(INLINE) || place.getAttribute(BUTTON);
      const text = place.getAttribute(INLINE) ? place.getAttribute(BUTTON) : place.textContent.trim();
      if (!place.hasAttribute(BUTTON)) {
        place.append(bookingFrame(slug, () => place));
        continue;
      }
      const float = element("button", { class: "float", type: "button" }, text);
      place.hidden = true;
      float.addEventListener("click", () => openBooking(slug, place));
      drawn().append(float);
    }
  };

  if (isFirst) {
    window.rapportBooking = { open: openBooking };
    document.addEventListener("click", (event) => {
      const opener = event.target.closest?.(`[${POPUP}]`);
      if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openBooking(opener.getAttribute(POPUP), opener);
    });
  }
  let scanIsDue = false;
  const changed = () => {
    attach();
    observer.observe(document.documentElement, { childList: true, subtree: isFirst });
    if (!isFirst || scanIsDue) return;
    scanIsDue = true;
    // Pages change in bursts.
    setTimeout(() => {
      scanIsDue = false;
      scan();
    });
  };
  const observer = new MutationObserver(changed);
  observer.observe(document, { childList: true });
  changed();
  if (!widget) return;

  /* ---- the chat's launcher -------------------------------------------------------------------------------------- */

  const badge = element("i", { "aria-hidden": "true" });
  const launcher = element(
    "button",
    { type: "button", "aria-expanded": "false", "aria-label": label, title: label },
    icon("bubble", "M20 11.5a8 7 0 0 1-10.6 6.6L4.5 20l1.3-4A7 7 0 0 1 4 11.5a8 7 0 0 1 16 0z"),
    icon("x", CROSS),
    badge,
  );
  const panel = element("div", { class: "panel" });
  const frame = element("div", {}, panel, launcher);
  // A landmark, so that those who move from landmark to landmark find the chat.
  const host = element("rapport-chat", { role: "region", "aria-label": label });
  const shadow = shadowOf(host, css);
  shadow.append(frame);

  /* ---- events -------------------------------------------------------------------------------------------------- */

  const listeners = {};
  const call = (listener, value) => {
    try {
      listener(value);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  };
  const emit = (event, value) => [...(listeners[event] || [])].forEach((listener) => call(listener, value));

  /* ---- the iframe ---------------------------------------------------------------------------------------------- */

  const post = (type, content) => {
    if (frameReady) iframe.contentWindow.postMessage({ ...content, rapport: 1, type }, chatUrl.origin);
  };

  // Fragments stay here: single-page applications keep access tokens in them.
  const visit = () => ({ url: location.href.split("#")[0], title: document.title });

  const load = () => {
    if (iframe) return;
    chatUrl.search = new URLSearchParams({ lang: language, theme });
    iframe = element("iframe", { title: label, allow: "clipboard-write", referrerpolicy: "origin", src: chatUrl.href });
    panel.append(iframe);
    setTimeout(() => {
      if (!frameReady) emit("error", { reason: "The chat did not load." });
    }, LOAD_LIMIT);
  };

  /** A reset must reach the chat's own storage even when the chat is loaded only on a later page. */
  const resetIsPending = () => {
    try {
      return localStorage.getItem(resetKey);
    } catch {
      return resetInMemory;
    }
  };
  const setPendingReset = (pending) => {
    resetInMemory = pending;
    try {
      if (pending) localStorage.setItem(resetKey, "1");
      else localStorage.removeItem(resetKey);
    } catch {
      // Storage is blocked: then the chat has none either, and what this page remembers is enough.
    }
  };

  const showUnread = (count) => {
    const shown = count > 99 ? "99+" : count || "";
    badge.textContent = shown;
    launcher.setAttribute("aria-label", shown ? `${label} (${shown})` : label);
    emit("unread", count);
  };

  const receive = ({ origin, source, data }) => {
    if (!iframe || origin !== chatUrl.origin || source !== iframe.contentWindow || data?.rapport !== 1) return;
    if (data.type === "ready") {
      frameReady = true;
      frame.classList.add("ready");
      if (resetIsPending()) post("reset");
      setPendingReset(false);
      post("init", visit());
      if (identity) post("identify", identity);
      if (isOpen) {
        post("open");
        // Somebody who went elsewhere while the chat was loading is not called back.
        if (document.activeElement === host) iframe.focus();
      }
    } else if (data.type === "unread") {
      if (Number.isInteger(data.count) && data.count >= 0) showUnread(data.count);
    } else if (data.type === "resize") {
      if (data.height > 0) panel.style.height = Math.max(240, data.height) + "px";
    } else if (data.type === "close") {
      api.close();
    } else if (data.type === "event" && EVENTS_OF_IFRAME.includes(data.name)) {
      emit(data.name, data.detail);
    }
  };

  /* ---- the API ------------------------------------------------------------------------------------------------- */

  const setOpen = (open) => {
    isOpen = open;
    frame.classList.toggle("open", open);
    launcher.setAttribute("aria-expanded", open);
    post(open ? "open" : "close");
    emit(open ? "open" : "close");
  };

  const queued = Array.isArray(window.rapport) ? window.rapport : [];
  const api = {
    version: VERSION,
    open() {
      if (isOpen) return;
      focusedBefore = document.activeElement;
      attach();
      load();
      setOpen(true);
      // Until the chat is there the focus waits on the launcher, where Escape is heard.
      (frameReady ? iframe : launcher).focus();
    },
    close() {
      if (!isOpen) return;
      const focusWasHere = document.activeElement === host;
      setOpen(false);
      // Where somebody has moved on to the page meanwhile, the focus stays with them.
      if (!focusWasHere) return;
      const back = focusedBefore;
      if (back && back.isConnected && back !== host && back !== document.body) back.focus();
      else launcher.focus();
    },
    toggle() {
      if (isOpen) api.close();
      else api.open();
    },
    identify(visitor) {
      const { token, name, email } = visitor || {};
      if (token) identity = { token: String(token) };
      else if (name || email) identity = { name: String(name || ""), email: String(email || "") };
      else throw new TypeError("rapport.identify: give {token}, or {name, email}");
      post("identify", identity);
    },
    reset() {
      identity = null;
      showUnread(0);
      if (frameReady) post("reset");
      else setPendingReset(true);
    },
    on(event, listener) {
      (listeners[event] ||= new Set()).add(listener);
      if (event === "ready" && apiReady) call(listener);
    },
    off(event, listener) {
      listeners[event]?.delete(listener);
    },
    /** Runs one call given as [method, ...arguments]: what the array does until this file has loaded. */
    push([method, ...parameters]) {
      api[method](...parameters);
    },
  };

  /* ---- the page ------------------------------------------------------------------------------------------------ */

  const navigated = () => {
    if (location.href === lastHref) return;
    lastHref = location.href;
    if (OPENING_FRAGMENT.test(lastHref)) api.open();
    // Applications set the new title after they have changed the address.
    setTimeout(() => post("visit", visit()), 100);
  };

  launcher.addEventListener("click", api.toggle);
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      api.close();
    }
  });
  addEventListener("message", receive);
  addEventListener("hashchange", navigated);
  addEventListener("popstate", navigated);
  for (const method of ["pushState", "replaceState"]) {
    const original = history[method];
    history[method] = function (...parameters) {
      const result = original.apply(this, parameters);
      navigated();
      return result;
    };
  }
  // A second click on a link to the same fragment changes no address.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href]");
    if (link && OPENING_FRAGMENT.test(link.href) && link.href === location.href) api.open();
  });
  window.rapport = api;
  for (const item of queued) call(api.push, item);
  apiReady = true;
  emit("ready");
  navigated();
})();
