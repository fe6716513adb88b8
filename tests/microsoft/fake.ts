// A fake of Microsoft: sign-in, and Graph's calendars and subscriptions as far as Rapport asks for them, written from the
// public reference. What it sends is typed with the types that Microsoft publishes, so that an invented field does not compile.
// Tests tell it through /fake what there is.
//
// Usage: node fake.js PORT

import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

import type {
    Calendar,
    ChangeNotificationCollection,
    ChangeType,
    Event,
    ScheduleInformation,
    Subscription,
    User,
} from "@microsoft/microsoft-graph-types";

import { Calendars, type Given, type Held, type Tagged } from "./calendars.js";
import { Refusal, refused } from "./refusal.js";

interface Mode {
    /** Everything but /fake answers 503. */
    down: boolean;
    /** Graph alone answers 429. */
    throttled: boolean;
    /** Refresh tokens are worth nothing. */
    revoked: boolean;
    /** Who signs in next, by id. */
    signs_in: string;
    /** Most events of a page, whatever was asked for. */
    page: number;
    /** Seconds that it is later than the machine says. */
    ahead: number;
}

const [port] = process.argv.slice(2).map(Number);
const here = `http://127.0.0.1:${port}`;
const graph = `${here}/v1.0`;
const CLIENT = { id: "client", secret: "client secret" };
/** https://learn.microsoft.com/graph/api/resources/subscription: minutes that a subscription to events lives at most. */
const MOST_MINUTES = 4230;

const users = new Map<string, User & { id: string }>();
const codes = new Map<string, { user: string; challenge: string; redirect: string }>();
const access = new Map<string, string>();
const refresh = new Map<string, string>();
const subscriptions = new Map<string, Subscription & { id: string; user: string }>();
const seen = { renewals: 0, mails: 0, notifications: 0, turned_away: 0, asked: 0 };
const mode: Mode = { down: false, throttled: false, revoked: false, signs_in: "", page: 3, ahead: 0 };
const calendars = new Calendars(graph);

const random = () => randomBytes(24).toString("base64url");
const now = () => Date.now() + mode.ahead * 1000;

async function bodyOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
}

// Sign-in: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow -------------------------------------

function discovery(): object {
    return {
        issuer: `${here}/tenant/v2.0`,
        authorization_endpoint: `${here}/common/oauth2/v2.0/authorize`,
        token_endpoint: `${here}/common/oauth2/v2.0/token`,
        userinfo_endpoint: `${here}/oidc/userinfo`,
        code_challenge_methods_supported: ["S256"],
    };
}

/** The page where somebody signs in; here somebody always has. */
function authorize(query: URLSearchParams): string {
    const redirect = query.get("redirect_uri") ?? "";
    const scopes = (query.get("scope") ?? "").split(" ");
    const complete = ["offline_access", "Calendars.ReadWrite"].every((scope) => scopes.includes(scope));
    if (query.get("response_type") !== "code" || query.get("client_id") !== CLIENT.id || !complete) {
        throw new Refusal(400, { error: "invalid_request" });
    }
    if (query.get("code_challenge_method") !== "S256") throw new Refusal(400, { error: "invalid_request" });
    const code = random();
    codes.set(code, { user: mode.signs_in, challenge: query.get("code_challenge") ?? "", redirect });
    return `${redirect}?${new URLSearchParams({ code, state: query.get("state") ?? "" })}`;
}

function grantOf(form: URLSearchParams): string {
    const invalid = (error_description: string) => new Refusal(400, { error: "invalid_grant", error_description });
    if (form.get("grant_type") === "refresh_token") {
        const user = refresh.get(form.get("refresh_token") ?? "");
        if (!user || mode.revoked) throw invalid("AADSTS700082: The refresh token has expired due to inactivity.");
        seen.renewals += 1;
        return user;
    }
    const code = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    if (!code || code.challenge !== challenge || code.redirect !== form.get("redirect_uri")) {
        throw invalid("AADSTS70008: The provided authorization code is invalid.");
    }
    return code.user;
}

function token(form: URLSearchParams): object {
    if (form.get("client_id") !== CLIENT.id || form.get("client_secret") !== CLIENT.secret) {
        const error_description = "AADSTS7000215: Invalid client secret provided.";
        throw new Refusal(401, { error: "invalid_client", error_description });
    }
    const user = grantOf(form);
    const [access_token, refresh_token] = [random(), random()];
    access.set(access_token, user);
    refresh.set(refresh_token, user);
    return { token_type: "Bearer", expires_in: 3599, access_token, refresh_token, scope: "Calendars.ReadWrite" };
}

/** The user whose access token it is. */
function caller(request: IncomingMessage): User & { id: string } {
    const given = (request.headers.authorization ?? "").replace("Bearer ", "");
    const user = users.get(access.get(given) ?? "");
    if (!user) throw refused(401, "InvalidAuthenticationToken", "Access token is empty, expired or unknown.");
    return user;
}

// Subscriptions: https://learn.microsoft.com/graph/change-notifications-delivery-webhooks -----------------------------------

/** Refuses an end that is past or too far away. */
function checked(end: string | null | undefined): string {
    const minutes = (Date.parse(end ?? "") - now()) / 60_000;
    if (!(minutes > 0)) throw refused(400, "InvalidRequest", "Subscription expiration must be in the future.");
    if (minutes > MOST_MINUTES) {
        throw refused(400, "ExtensionError", `Subscription expiration can only be ${MOST_MINUTES} minutes in the future.`);
    }
    return new Date(end ?? "").toISOString();
}

/** Asks the address for its own token back, before anything is sent there. */
async function validate(address: string): Promise<void> {
    const validationToken = `Validation: Testing client ${random()}`;
    const asked = new URL(address);
    asked.searchParams.set("validationToken", validationToken);
    const headers = { "content-type": "text/plain; charset=utf-8" };
    const reply = await fetch(asked, { method: "POST", headers, signal: AbortSignal.timeout(10_000) }).catch(() => null);
    const isText = reply?.headers.get("content-type")?.startsWith("text/plain");
    if (reply?.status !== 200 || !isText || (await reply.text()) !== validationToken) {
        throw refused(400, "ValidationError", "Subscription validation request failed.");
    }
}

async function subscribe(given: Subscription, user: User & { id: string }): Promise<Subscription> {
    const expirationDateTime = checked(given.expirationDateTime);
    const [, calendar] = /^\/?me\/calendars\/([^/]+)\/events$/.exec(given.resource ?? "") ?? [];
    if (!calendar || !given.notificationUrl || !given.changeType || (given.clientState?.length ?? 0) > 128) {
        throw refused(400, "InvalidRequest", "The subscription is not complete.");
    }
    calendars.readable(decodeURIComponent(calendar), user);
    await validate(given.notificationUrl);
    const id = random();
    subscriptions.set(id, { ...given, id, expirationDateTime, user: user.id });
    const { clientState: _secret, ...told } = { ...given, id, expirationDateTime };
    return told;
}

function subscription(id: string, user: User & { id: string }): Subscription & { id: string } {
    const found = subscriptions.get(id);
    if (found && Date.parse(found.expirationDateTime ?? "") <= now()) subscriptions.delete(id);
    if (!found || found.user !== user.id || !subscriptions.has(id)) {
        throw refused(404, "ResourceNotFound", "The object was not found.");
    }
    return found;
}

function renew(id: string, given: Subscription, user: User & { id: string }): Subscription {
    const found = subscription(id, user);
    found.expirationDateTime = checked(given.expirationDateTime);
    const { id: name, resource, changeType, expirationDateTime } = found;
    return { id: name, resource: resource ?? "", changeType: changeType ?? "", expirationDateTime };
}

/** Tells whoever subscribed to a calendar. */
async function notify(calendar: string, id: string, changeType: ChangeType): Promise<void> {
    for (const one of subscriptions.values()) {
        const resource = `/me/calendars/${encodeURIComponent(calendar)}/events`;
        const isLive = Date.parse(one.expirationDateTime ?? "") > now();
        if (!isLive || one.resource !== resource || !one.changeType?.split(",").includes(changeType)) continue;
        const body: ChangeNotificationCollection = {
            value: [
                {
                    subscriptionId: one.id,
                    subscriptionExpirationDateTime: one.expirationDateTime ?? "",
                    clientState: one.clientState ?? null,
                    changeType,
                    resource: `Users/${one.user}/Events/${id}`,
                    resourceData: { "@odata.type": "#Microsoft.Graph.Event", id } as object,
                    tenantId: "tenant",
                },
            ],
        };
        const headers = { "content-type": "application/json; charset=utf-8" };
        const sent = fetch(one.notificationUrl ?? "", { method: "POST", headers, body: JSON.stringify(body) });
        const reply = await sent.catch(() => null);
        if (reply?.ok) seen.notifications += 1;
    }
}

// Graph -----------------------------------------------------------------------------------------------------------------

function schedules(given: { schedules: string[]; startTime: { dateTime: string }; endTime: { dateTime: string } }) {
    const [from, until] = [given.startTime, given.endTime].map(({ dateTime }) => Date.parse(`${dateTime}Z`));
    const value = given.schedules.map((scheduleId): ScheduleInformation => {
        const user = [...users.values()].find(({ mail }) => mail === scheduleId);
        if (!user) return { scheduleId, error: { message: "Unable to resolve e-mail address.", responseCode: "5009" } };
        return { scheduleId, scheduleItems: calendars.schedule(user.id, from ?? 0, until ?? 0) };
    });
    return { value };
}

/** Writes as a client does, and tells whoever wants to know. */
async function write(held: Held & { mails: number }, changeType: ChangeType): Promise<Tagged> {
    seen.mails += held.mails;
    await notify(held.calendar, held.event.id, changeType);
    return calendars.shown(held.event, true);
}

interface Asked {
    method: string;
    path: string[];
    query: URLSearchParams;
    body: string;
    prefer: string;
    ifMatch: string | undefined;
}

async function rest(asked: Asked, user: User & { id: string }): Promise<[number, object | null]> {
    const { method, path, query, body } = asked;
    const given = () => JSON.parse(body) as unknown;
    const [first, second, third, fourth, fifth] = path;
    const route = `${method} ${[first, second, third && "", fourth, fifth].filter((part) => part !== undefined).join("/")}`;
    const text = asked.prefer.includes('outlook.body-content-type="text"');
    switch (route) {
        case "GET me":
            return [200, { id: user.id, displayName: user.displayName, mail: user.mail, userPrincipalName: user.userPrincipalName }];
        case "GET me/calendars":
            return [200, { value: calendars.of(user) satisfies Calendar[] }];
        case "GET me/calendars//calendarView/delta": {
            const size = Number(/odata\.maxpagesize=(\d+)/.exec(asked.prefer)?.[1] ?? 10);
            return [200, calendars.delta(third ?? "", query, user, Math.min(size, mode.page), text)];
        }
        case "POST me/calendars//events": {
            const made = calendars.create(third ?? "", given() as Event, user);
            return [201, made.isNew ? await write(made, "created") : calendars.shown(made.event, text)];
        }
        case "GET me/events/":
            return [200, calendars.shown(calendars.find(third ?? "", user).event, text)];
        case "PATCH me/events/":
            return [200, await write(calendars.update(third ?? "", given() as Event, asked.ifMatch, user), "updated")];
        case "DELETE me/events/": {
            const gone = calendars.remove(third ?? "", user);
            await notify(gone.calendar, gone.event.id, "deleted");
            return [204, null];
        }
        case "POST me/calendar/":
            return [200, schedules(given() as Parameters<typeof schedules>[0])];
        case "POST subscriptions":
            return [201, await subscribe(given() as Subscription, user)];
        case `PATCH subscriptions/${second}`:
            return [200, renew(second ?? "", given() as Subscription, user)];
        case `DELETE subscriptions/${second}`:
            subscriptions.delete(subscription(second ?? "", user).id);
            return [204, null];
        default:
            throw refused(400, "BadRequest", `Resource not found for the segment '${first}'.`);
    }
}

// The server ------------------------------------------------------------------------------------------------------------

async function fake(path: string, body: string): Promise<object> {
    const given: unknown = body ? JSON.parse(body) : {};
    switch (path) {
        case "/fake/user":
            users.set((given as User & { id: string }).id, given as User & { id: string });
            return {};
        case "/fake/calendar":
            calendars.has(given as Parameters<typeof calendars.has>[0]);
            return {};
        case "/fake/event": {
            const held = calendars.put(given as Given);
            await notify(held.calendar, held.event.id, "updated");
            return { id: held.event.id };
        }
        case "/fake/delete": {
            const gone = calendars.take((given as { id: string }).id);
            await notify(gone.calendar, gone.event.id, "deleted");
            return {};
        }
        case "/fake/events":
            return calendars.all();
        case "/fake/mode":
            Object.assign(mode, given as Partial<Mode>);
            return {};
        case "/fake/token": {
            const access_token = random();
            access.set(access_token, (given as { user: string }).user);
            return { access_token };
        }
        case "/fake/end_access":
            access.clear();
            return {};
        case "/fake/forget_changes":
            calendars.forget();
            return {};
        case "/fake/seen":
            return { ...seen, subscriptions: subscriptions.size, now: Math.floor(now() / 1000) };
        default:
            throw new Refusal(404, {});
    }
}

async function answer(request: IncomingMessage): Promise<[number, object | null] | string> {
    const url = new URL(request.url ?? "/", here);
    const body = await bodyOf(request);
    if (url.pathname.startsWith("/fake/")) return [200, await fake(url.pathname, body)];
    if (mode.down) {
        seen.turned_away += 1;
        throw new Refusal(503, {});
    }
    const [, place = "", ...path] = url.pathname.split("/").map(decodeURIComponent);
    if (url.pathname === "/common/v2.0/.well-known/openid-configuration") return [200, discovery()];
    if (url.pathname === "/common/oauth2/v2.0/authorize") return authorize(url.searchParams);
    if (url.pathname === "/common/oauth2/v2.0/token") return [200, token(new URLSearchParams(body))];
    if (place !== "v1.0") throw new Refusal(404, {});
    seen.asked += 1;
    if (mode.throttled) throw refused(429, "TooManyRequests", "Please retry after 10 seconds.");
    const { method = "GET", headers } = request;
    const prefer = String(headers["prefer"] ?? "");
    return rest({ method, path, query: url.searchParams, body, prefer, ifMatch: headers["if-match"] }, caller(request));
}

const server = createServer((request, reply) => {
    const json = (status: number, value: object | null) => {
        reply.writeHead(status, { "content-type": "application/json" }).end(value ? JSON.stringify(value) : undefined);
    };
    answer(request)
        .then((answered) => {
            if (typeof answered === "string") reply.writeHead(302, { location: answered }).end();
            else json(...answered);
        })
        .catch((cause: unknown) => {
            const refusal = cause instanceof Refusal ? cause : refused(500, "generalException", String(cause));
            json(refusal.status, refusal.body);
        });
});
server.listen(port, "127.0.0.1");
