// Google at one address: its sign-in, which emulate imitates, and its calendars, which myworld does. Here is what neither has:
// access tokens that are checked and end, If-Match, and channels
// (https://developers.google.com/workspace/calendar/api/guides/push).
// Tests tell it through /fake how to behave.
//
// Usage: node front.mjs PORT SIGN_IN_URL CALENDARS_URL CALENDARS_TOKEN

import { createServer } from "node:http";

const [port, signIn, calendars, token] = process.argv.slice(2);
const here = `http://127.0.0.1:${port}`;
/** How it behaves. `ahead`: seconds that it is later than the machine says; `slow`: milliseconds until a channel is begun. */
const mode = { down: false, revoked: false, ahead: 0, slow: 0 };
const seen = { renewals: 0, watched: 0, stopped: 0, told: 0, pages: 0, full: 0 };
/** Access tokens that were handed out. */
const access = new Set();
/** Channels by their ids. */
const channels = new Map();
/** Tokens of changes that are known still. */
let given = new Set();

const json = (status, value) => [status, { "content-type": "application/json" }, JSON.stringify(value)];
const refused = (status, reason) => json(status, { error: { code: status, message: reason, errors: [{ reason }] } });

async function bodyOf(request) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks);
}

async function pass(method, url, headers, body) {
    const sent = await fetch(url, { method, headers, body: body.length > 0 ? body : undefined, redirect: "manual" });
    const kept = ["content-type", "etag", "location"].filter((name) => sent.headers.has(name));
    return [sent.status, Object.fromEntries(kept.map((name) => [name, sent.headers.get(name)])), Buffer.from(await sent.arrayBuffer())];
}

/** Where the sign-in is: tokens are handed out here. */
async function discovery() {
    const said = await (await fetch(`${signIn}/.well-known/openid-configuration`)).json();
    return json(200, { ...said, token_endpoint: `${here}/token`, userinfo_endpoint: `${here}/userinfo` });
}

async function tokens(headers, body) {
    const said = await (await fetch(`${signIn}/.well-known/openid-configuration`)).json();
    const isRenewal = new URLSearchParams(body.toString()).get("grant_type") === "refresh_token";
    if (isRenewal && mode.revoked) return json(400, { error: "invalid_grant", error_description: "Token has been expired or revoked." });
    const [status, answered, text] = await pass("POST", said.token_endpoint, headers, body);
    if (status === 200) {
        seen.renewals += Number(isRenewal);
        access.add(JSON.parse(text).access_token);
    }
    return [status, answered, text];
}

/** Tells whoever watches a calendar. */
async function tell(calendar, state, only) {
    for (const channel of channels.values()) {
        if (channel.calendar !== calendar || (only && only !== channel)) continue;
        if (channel.expiration <= Date.now() + mode.ahead * 1000) continue;
        const headers = {
            "x-goog-channel-id": channel.id,
            "x-goog-channel-token": channel.token,
            "x-goog-resource-id": channel.resourceId,
            "x-goog-resource-state": state,
            "x-goog-message-number": String((channel.sent += 1)),
        };
        const reply = await fetch(channel.address, { method: "POST", headers }).catch(() => null);
        if (reply?.ok && state === "exists") seen.told += 1;
    }
}

async function watch(calendar, body) {
    const { id, type, address, token: secret, params } = JSON.parse(body.toString());
    if (type !== "web_hook" || !/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id) || channels.has(id)) return refused(400, "channelIdNotUnique");
    if (secret.length > 256) return refused(400, "invalid");
    seen.watched += 1;
    await new Promise((resolve) => setTimeout(resolve, mode.slow));
    const expiration = Date.now() + (mode.ahead + Number(params.ttl)) * 1000;
    const channel = { id, address, token: secret, calendar, resourceId: `resource-${calendar}`, expiration, sent: 0 };
    channels.set(id, channel);
    await tell(calendar, "sync", channel);
    return json(200, { kind: "api#channel", id, resourceId: channel.resourceId, expiration: String(expiration) });
}

function stop(body) {
    const { id, resourceId } = JSON.parse(body.toString());
    if (channels.get(id)?.resourceId !== resourceId) return refused(404, "notFound");
    channels.delete(id);
    seen.stopped += 1;
    return [204, {}, ""];
}

const ask = (method, path, headers, body) => {
    const plain = { authorization: `Bearer ${token}`, ...(headers["content-type"] && { "content-type": headers["content-type"] }) };
    return pass(method, `${calendars}${path}`, plain, body);
};

async function calendarsOf(method, url, headers, body) {
    const path = url.pathname.slice("/calendar/v3".length);
    const [, place, name, what, id] = path.split("/").map(decodeURIComponent);
    if (!access.has((headers.authorization ?? "").replace("Bearer ", ""))) return refused(401, "authError");
    if (method === "POST" && path === "/channels/stop") return stop(body);
    const calendar = name === "primary" ? "rep@example.com" : name;
    if (method === "POST" && place === "calendars" && id === "watch") return watch(calendar, body);
    const isList = method === "GET" && what === "events" && id === undefined;
    const since = url.searchParams.get("syncToken");
    if (isList && since && !given.has(since)) return refused(410, "fullSyncRequired");
    if (headers["if-match"]) {
        const [, , there] = await ask("GET", path, {}, Buffer.alloc(0));
        if (JSON.parse(there).etag !== headers["if-match"]) return refused(412, "conditionNotMet");
    }
    const answered = await ask(method, path + url.search, headers, body);
    if (isList && answered[0] === 200) {
        seen.pages += 1;
        seen.full += Number(!since);
        given.add(JSON.parse(answered[2]).nextSyncToken);
    }
    if (method !== "GET" && what === "events" && answered[0] < 300) await tell(calendar, "exists");
    return answered;
}

async function fake(what, body) {
    const told = body.length > 0 ? JSON.parse(body.toString()) : {};
    switch (what) {
        case "mode":
            return json(200, Object.assign(mode, told));
        case "seen":
            return json(200, { ...seen, channels: channels.size, now: Math.floor(Date.now() / 1000) });
        case "end_access":
            access.clear();
            return json(200, {});
        case "forget_changes":
            given = new Set();
            return json(200, {});
        // Somebody changes a calendar there.
        case "change": {
            const path = `/calendars/${encodeURIComponent(told.calendar)}/events${told.id ? `/${told.id}` : ""}`;
            const sent = told.event ? Buffer.from(JSON.stringify(told.event)) : Buffer.alloc(0);
            const [status, , text] = await ask(told.method, path, { "content-type": "application/json" }, sent);
            if (status < 300 && told.method !== "GET" && !told.quietly) await tell(told.calendar, "exists");
            return json(200, { status, ...(text.length > 0 && { event: JSON.parse(text) }) });
        }
        default:
            return refused(404, "notFound");
    }
}

async function answer(request) {
    const url = new URL(request.url, here);
    const { method, headers } = request;
    const body = await bodyOf(request);
    if (url.pathname.startsWith("/fake/")) return fake(url.pathname.slice("/fake/".length), body);
    if (mode.down) return [503, {}, ""];
    if (url.pathname === "/.well-known/openid-configuration") return discovery();
    const typed = { "content-type": headers["content-type"] ?? "" };
    if (url.pathname === "/token") return tokens(typed, body);
    if (url.pathname === "/userinfo") {
        const said = await (await fetch(`${signIn}/.well-known/openid-configuration`)).json();
        return pass("GET", said.userinfo_endpoint, { authorization: headers.authorization ?? "" }, body);
    }
    if (url.pathname.startsWith("/calendar/v3/")) return calendarsOf(method, url, headers, body);
    return refused(404, "notFound");
}

createServer((request, reply) => {
    answer(request)
        .catch((cause) => refused(500, String(cause)))
        .then(([status, headers, body]) => reply.writeHead(status, headers).end(body));
}).listen(Number(port), "127.0.0.1");
