/**
 * Rapport's loader for customers' sites. One tag, placed anywhere in a page:
 *
 *   <script async src="https://HOST/embed/rapport.js" data-widget="ID"></script>
 *
 * It draws the launcher and loads nothing else until there is intent: a click on the launcher, a call of
 * `rapport.open()`, or an address that ends in `#rapport-open` (or `#hs-chat-open`). Then the chat is shown in an
 * iframe of its own origin, which stays alive when closed so that answers arrive. It sets no cookies.
 *
 * Attributes of the tag: data-widget (required), data-color (#rrggbb), data-position (right | left), data-label (name
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
 */
(() => {
  "use strict";
  const VERSION = 1;
  const DEFAULT_COLOR = "#4b3fe4";
  /** How long the iframe may take to report `ready` before an `error` event, in milliseconds. */
  const LOAD_LIMIT = 20000;
  const EVENTS_OF_IFRAME = ["message", "conversation_started", "conversation_ended", "error"];
  const OPENING_FRAGMENT = /#(rapport|hs-chat)-open$/;

  const script = document.currentScript || document.querySelector("script[data-widget][src*='/embed/rapport']");
  if (!script || !script.dataset.widget || window.rapport?.version) return;

  const options = script.dataset;
  const widget = options.widget;
  const label = options.label || "Chat";
  const color = /^#[0-9a-f]{6}$/i.test(options.color) ? options.color : DEFAULT_COLOR;
  const side = /left/.test(options.position) ? "left" : "right";
  const theme = /^(light|dark)$/.test(options.theme) ? options.theme : "auto";
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

  const ink = inkOn(color);
  const darkPanel = ".panel{background:#19191c;color-scheme:dark}";
  // In a shadow root `!important` on :host wins over the page's own rules, whatever they are.
  const css = `
:host{all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto 0 0!important;height:0!important}
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
${theme === "auto" ? `@media(prefers-color-scheme:dark){${darkPanel}}` : theme === "dark" ? darkPanel : ""}
@media(prefers-reduced-motion:no-preference){.panel{transition:opacity .15s,transform .15s,visibility .15s}}
@media(max-width:479.98px){.panel{inset:0;width:auto;height:auto!important;max-width:none;max-height:none;border-radius:0}
.open.ready button{display:none}}
@media(forced-colors:active){button,.panel{border:2px solid}}
@media print{:host{display:none!important}}`;

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

  const badge = element("i", { "aria-hidden": "true" });
  const launcher = element(
    "button",
    { type: "button", "aria-expanded": "false", "aria-label": label, title: label },
    icon("bubble", "M20 11.5a8 7 0 0 1-10.6 6.6L4.5 20l1.3-4A7 7 0 0 1 4 11.5a8 7 0 0 1 16 0z"),
    icon("x", "M6 6l12 12M18 6L6 18"),
    badge,
  );
  const panel = element("div", { class: "panel" });
  const frame = element("div", {}, panel, launcher);
  // A landmark, so that those who move from landmark to landmark find the chat.
  const host = element("rapport-chat", { role: "region", "aria-label": label });
  if (options.lang) host.lang = options.lang;
  const shadow = host.attachShadow({ mode: "open" });
  try {
    // Allowed under any Content-Security-Policy, which a style element is not.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    shadow.append(element("style", {}, css));
  }
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
    chatUrl.search = new URLSearchParams({ lang: options.lang || document.documentElement.lang, theme });
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

  /** Puts the launcher beside the body, which frameworks replace; puts it back when even that is emptied. */
  const attach = () => {
    if (!host.isConnected) document.documentElement.append(host);
  };

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
  const observer = new MutationObserver(() => {
    attach();
    observer.observe(document.documentElement, { childList: true });
  });
  observer.observe(document, { childList: true });
  observer.observe(document.documentElement, { childList: true });
  attach();

  window.rapport = api;
  for (const item of queued) call(api.push, item);
  apiReady = true;
  emit("ready");
  navigated();
})();
