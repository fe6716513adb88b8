// A fake of Zoom, written from its public reference: sign-in, the REST API as far as Rapport asks it, files, and signed
// events. What it sends is typed with the types that Zoom publishes, so that an invented field does not compile. Tests tell
// it through /fake what there is; nothing else is made up.
//
// Usage: node fake.js PORT

import { createHash, createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import type { AppDeauthorizedEvent } from "@zoom/rivet/marketplace";
import {
    AwsLambdaReceiver,
    type CloudRecordingGetMeetingRecordingsResponse,
    type CloudRecordingListAllRecordingsQueryParams,
    type CloudRecordingListAllRecordingsResponse,
    type MeetingsGetPastMeetingParticipantsQueryParams,
    type MeetingsGetPastMeetingParticipantsResponse,
    type MeetingsListMeetingsResponse,
    type RecordingCompletedEvent,
    type RecordingDeletedEvent,
    type RecordingTranscriptCompletedEvent,
    type WebinarsListWebinarParticipantsResponse,
} from "@zoom/rivet/meetings";
import type { UsersGetUserResponse } from "@zoom/rivet/users";

import { Planned } from "./planned.js";

type FileOf<E extends { payload: { object: { recording_files: unknown[] } } }> =
    E["payload"]["object"]["recording_files"][number];
type CompletedFile = FileOf<RecordingCompletedEvent>;
/** What the API and every event know. */
type RecordingType = CompletedFile["recording_type"] &
    FileOf<RecordingTranscriptCompletedEvent>["recording_type"] &
    FileOf<RecordingDeletedEvent>["recording_type"] &
    NonNullable<ListedFile["recording_type"]>;
type ListedFile = NonNullable<CloudRecordingGetMeetingRecordingsResponse["recording_files"]>[number];
type ListedMeeting = NonNullable<CloudRecordingListAllRecordingsResponse["meetings"]>[number];

interface User {
    id: string;
    account_id: string;
    email: string;
    display_name: string;
}

/** A file as tests describe it. */
interface File {
    id: string;
    recording_start: string;
    file_type: CompletedFile["file_type"];
    recording_type: RecordingType | "audio_transcript";
    /** Base64. */
    content: string;
    /** Said in the place of the true size. */
    size?: number;
}

interface Meeting {
    uuid: string;
    host_id: string;
    topic: string;
    type: RecordingCompletedEvent["payload"]["object"]["type"];
    start_time: string;
    files: File[];
    participants: { name: string; user_email: string }[];
}

interface Mode {
    /** Everything but /fake answers 503. */
    down: boolean;
    /** Refresh tokens are worth nothing. */
    revoked: boolean;
    /** Who signs in next, by id. */
    signs_in: string;
    /** Who took part in meetings is told to nobody, as on a free plan. */
    free_plan: boolean;
    /** Where files are said to be. */
    files_at: string;
    /** What is asked of planned meetings is done, and then answered with 504. */
    loses_answers: boolean;
}

const [port] = process.argv.slice(2).map(Number);
const here = `http://127.0.0.1:${port}`;
const CLIENT = `Basic ${Buffer.from("client:client secret").toString("base64")}`;
const PAGE = 2;

const users = new Map<string, User>();
const meetings = new Map<string, Meeting>();
const codes = new Map<string, { user: string; challenge: string; redirect: string }>();
const access = new Map<string, string>();
const refresh = new Map<string, string>();
const planned = new Planned(api);
const seen = { renewals: 0, revoked: 0, downloads: 0, turned_away: 0 };
const mode: Mode = { down: false, revoked: false, signs_in: "", free_plan: false, files_at: here, loses_answers: false };

class Refusal extends Error {
    constructor(
        readonly status: number,
        readonly body: object,
    ) {
        super();
    }
}

function api(status: number, code: number, message: string): Refusal {
    return new Refusal(status, { code, message });
}

const random = () => randomBytes(24).toString("base64url");

async function bodyOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
}

// Sign-in ---------------------------------------------------------------------------------------------------------------

/** The page where somebody signs in; here somebody always has. */
function authorize(query: URLSearchParams): string {
    const redirect = query.get("redirect_uri") ?? "";
    if (query.get("response_type") !== "code" || query.get("client_id") !== "client") {
        throw new Refusal(400, { error: "invalid_client" });
    }
    if (query.get("code_challenge_method") !== "S256") throw new Refusal(400, { error: "invalid_request" });
    const code = random();
    codes.set(code, { user: mode.signs_in, challenge: query.get("code_challenge") ?? "", redirect });
    return `${redirect}?${new URLSearchParams({ code, state: query.get("state") ?? "" })}`;
}

function token(request: IncomingMessage, form: URLSearchParams): object {
    if (request.headers.authorization !== CLIENT) {
        throw new Refusal(401, { reason: "Invalid client_id or client_secret", error: "invalid_client" });
    }
    const user = form.get("grant_type") === "refresh_token" ? renewed(form) : exchanged(form);
    const [access_token, refresh_token] = [random(), random()];
    access.set(access_token, user);
    refresh.set(refresh_token, user);
    return { access_token, token_type: "bearer", refresh_token, expires_in: 3599, scope: "cloud_recording:read" };
}

function exchanged(form: URLSearchParams): string {
    const code = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    if (!code || code.challenge !== challenge || code.redirect !== form.get("redirect_uri")) {
        throw new Refusal(400, { reason: "Invalid authorization code", error: "invalid_grant" });
    }
    return code.user;
}

function renewed(form: URLSearchParams): string {
    const token = form.get("refresh_token") ?? "";
    const user = refresh.get(token);
    refresh.delete(token);
    if (!user || mode.revoked) throw new Refusal(401, { reason: "Invalid Token!", error: "invalid_request" });
    seen.renewals += 1;
    return user;
}

function revoke(form: URLSearchParams): object {
    const token = form.get("token") ?? "";
    if (access.delete(token) || refresh.delete(token)) seen.revoked += 1;
    return { status: "success" };
}

/** The user whose access token it is. */
function caller(request: IncomingMessage): User {
    const token = (request.headers.authorization ?? "").replace("Bearer ", "");
    const user = users.get(access.get(token) ?? "");
    if (!user) throw api(401, 124, "Invalid access token.");
    return user;
}

// The REST API ----------------------------------------------------------------------------------------------------------

function user(asked: string, caller: User): User {
    const known = [...users.values()].find(({ id, email }) => id === asked || email === asked);
    const found = asked === "me" ? caller : known;
    if (!found || found.account_id !== caller.account_id) throw api(404, 1001, `User does not exist: ${asked}`);
    return found;
}

function profile(user: User): UsersGetUserResponse {
    return { ...user, type: 2, first_name: user.display_name, status: "active" };
}

const bytes = (file: Pick<File, "content">) => Buffer.from(file.content, "base64");
const download = (file: Pick<File, "id">) => `${mode.files_at}/rec/download/${encodeURIComponent(file.id)}`;

function listed(meeting: Meeting): ListedMeeting {
    const files = meeting.files.map((file): ListedFile => ({
        id: file.id,
        meeting_id: meeting.uuid,
        recording_start: file.recording_start,
        recording_end: file.recording_start,
        // The published types of events know "TIMELINE", those of the API leave it out.
        file_type: file.file_type as NonNullable<ListedFile["file_type"]>,
        recording_type: file.recording_type,
        file_size: file.size ?? bytes(file).length,
        download_url: download(file),
        status: "completed",
    }));
    return {
        uuid: meeting.uuid,
        id: 123456789,
        account_id: users.get(meeting.host_id)?.account_id ?? "",
        host_id: meeting.host_id,
        topic: meeting.topic,
        type: `${meeting.type}`,
        start_time: meeting.start_time,
        duration: 1,
        recording_count: files.length,
        recording_files: files,
    };
}

function find(uuid: string, caller: User): Meeting {
    const meeting = meetings.get(uuid);
    if (!meeting || users.get(meeting.host_id)?.account_id !== caller.account_id) {
        throw api(404, 3301, `This recording does not exist: ${uuid}`);
    }
    return meeting;
}

function recordings(
    uuid: string,
    query: URLSearchParams,
    caller: User,
): CloudRecordingGetMeetingRecordingsResponse {
    const found = listed(find(uuid, caller));
    return query.get("include_fields") === "download_access_token"
        ? { ...found, download_access_token: `files-${uuid}` }
        : found;
}

function page<T>(all: T[], next: string | undefined): { items: T[]; next_page_token: string } {
    const start = Number(next || "0");
    const more = start + PAGE < all.length;
    return { items: all.slice(start, start + PAGE), next_page_token: more ? `${start + PAGE}` : "" };
}

function recordingsOf(
    asked: string,
    query: URLSearchParams,
    caller: User,
): CloudRecordingListAllRecordingsResponse {
    const params: CloudRecordingListAllRecordingsQueryParams = Object.fromEntries(query);
    const { from = "", to = "" } = params;
    const host = user(asked, caller);
    const own = [...meetings.values()].filter(({ host_id, start_time }) => {
        const day = start_time.slice(0, 10);
        return host_id === host.id && from <= day && day <= to;
    });
    const { items, next_page_token } = page(own, params.next_page_token);
    return { from, to, next_page_token, page_size: PAGE, total_records: own.length, meetings: items.map(listed) };
}

function participants(uuid: string, query: URLSearchParams, webinar: boolean, caller: User) {
    const meeting = find(uuid, caller);
    if (mode.free_plan) throw api(400, 200, "Only available for Paid account.");
    if (webinar !== [5, 6, 9].includes(meeting.type)) throw api(404, 3001, "Meeting does not exist.");
    const params: MeetingsGetPastMeetingParticipantsQueryParams = Object.fromEntries(query);
    const { items, next_page_token } = page(meeting.participants, params.next_page_token);
    const reply: MeetingsGetPastMeetingParticipantsResponse & WebinarsListWebinarParticipantsResponse = {
        next_page_token,
        page_size: PAGE,
        total_records: meeting.participants.length,
        participants: items.map(({ name, user_email }, place) => ({
            id: "",
            user_id: `${place}`,
            name,
            user_email,
        })),
    };
    return reply;
}

// Events ----------------------------------------------------------------------------------------------------------------

/** What events tell of a meeting. Transcripts are ready later, so that their files are in the API alone here. */
function recorded(meeting: Meeting) {
    const media = meeting.files.flatMap(({ recording_type, ...file }) =>
        recording_type === "audio_transcript" ? [] : [{ ...file, recording_type }],
    );
    return {
        id: 123456789,
        uuid: meeting.uuid,
        host_id: meeting.host_id,
        account_id: users.get(meeting.host_id)?.account_id ?? "",
        topic: meeting.topic,
        type: meeting.type,
        start_time: meeting.start_time,
        duration: 1,
        share_url: `${here}/rec/share/${meeting.uuid}`,
        total_size: 1,
        recording_count: media.length,
        recording_files: media.map((file) => ({
            id: file.id,
            meeting_id: meeting.uuid,
            recording_start: file.recording_start,
            recording_end: file.recording_start,
            file_type: file.file_type,
            file_size: bytes(file).length,
            file_extension: "MP4" as const,
            download_url: download(file),
            status: "completed" as const,
            recording_type: file.recording_type,
        })),
    };
}

function deauthorized(user_id: string): AppDeauthorizedEvent {
    const account_id = users.get(user_id)?.account_id ?? "";
    const deauthorization_time = new Date().toISOString();
    return { event: "app_deauthorized", payload: { user_id, account_id, client_id: "client", deauthorization_time } };
}

function event(name: string, about: string): object {
    const meeting = meetings.get(about);
    if (!meeting) return deauthorized(about);
    const event_ts = Date.now();
    const object = recorded(meeting);
    const { account_id } = object;
    const host_email = users.get(meeting.host_id)?.email ?? "";
    if (name === "recording.transcript_completed") {
        const event: RecordingTranscriptCompletedEvent = {
            event: name,
            event_ts,
            download_token: random(),
            payload: { account_id, object: { ...object, host_email } },
        };
        return event;
    }
    if (name === "recording.deleted") {
        const event: RecordingDeletedEvent = {
            event: name,
            event_ts,
            payload: { account_id, operator: host_email, operator_id: meeting.host_id, object },
        };
        return event;
    }
    const event: RecordingCompletedEvent = {
        event: "recording.completed",
        event_ts,
        download_token: random(),
        payload: { account_id, object: { ...object, host_email, password: "" } },
    };
    return event;
}

/** Signs a body as Zoom does. */
function signed(secret: string, body: string, timestamp: number) {
    const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    return { "x-zm-request-timestamp": `${timestamp}`, "x-zm-signature": `v0=${digest}` };
}

interface Send {
    /** Its name; with `endpoint.url_validation` it asks whether the address is right. */
    event: string;
    /** The uuid of a meeting, or the id of a user. */
    about: string;
    to: string;
    secret: string;
    /** Seconds since 1970. */
    timestamp: number;
}

/** Sends an event, and tells what came back and what Zoom's own library makes of the same event. */
async function send({ event: name, about, to, secret, timestamp }: Send): Promise<object> {
    const asks = name === "endpoint.url_validation";
    const body = JSON.stringify(asks ? { event: name, payload: { plainToken: about } } : event(name, about));
    const headers = { "content-type": "application/json", ...signed(secret, body, timestamp) };
    const library = new AwsLambdaReceiver({ webhooksSecretToken: secret }).start() as unknown as (
        event: object,
    ) => Promise<{ statusCode: number; body: string }>;
    const expected = await library({ body, headers });
    const reply = await fetch(to, { method: "POST", headers, body });
    return {
        status: reply.status,
        body: await reply.text(),
        expected_status: expected.statusCode,
        expected_body: expected.body,
    };
}

// The server ------------------------------------------------------------------------------------------------------------

async function fake(path: string, body: string): Promise<object> {
    const given: unknown = body ? JSON.parse(body) : {};
    switch (path) {
        case "/fake/user":
            users.set((given as User).id, given as User);
            return {};
        case "/fake/meeting":
            meetings.set((given as Meeting).uuid, given as Meeting);
            return {};
        case "/fake/delete_meeting":
            meetings.delete((given as Meeting).uuid);
            return {};
        case "/fake/mode":
            Object.assign(mode, given as Partial<Mode>);
            return {};
        case "/fake/end_access":
            access.clear();
            return {};
        case "/fake/send":
            return send(given as Send);
        case "/fake/planned":
            return planned.all();
        case "/fake/seen":
            return seen;
        default:
            throw new Refusal(404, {});
    }
}

function rest(request: IncomingMessage, path: string, query: URLSearchParams): object {
    const asks = caller(request);
    const [kind = "", id = "", what = ""] = path.split("/").map(decodeURIComponent);
    if (id.startsWith("/") || id.includes("//")) throw api(404, 3301, "Such an id is to be encoded twice.");
    const uuid = decodeURIComponent(id);
    if (kind === "users" && !what) return profile(user(id, asks));
    if (kind === "users" && what === "meetings") {
        const { items, next_page_token } = page(planned.listed(user(id, asks)), query.get("next_page_token") ?? undefined);
        const reply: MeetingsListMeetingsResponse = { next_page_token, page_size: PAGE, meetings: items };
        return reply;
    }
    if (kind === "users" && what === "recordings") return recordingsOf(id, query, asks);
    if (kind === "meetings" && what === "recordings") return recordings(uuid, query, asks);
    if (kind === "past_meetings" && what === "participants") return participants(uuid, query, false, asks);
    if (kind === "past_webinars" && what === "participants") return participants(uuid, query, true, asks);
    throw api(404, 300, "This API endpoint is not recognized.");
}

/** A file: first a redirect, then the bytes; whom the token does not let in is shown a page. */
function file(request: IncomingMessage, reply: ServerResponse, place: string, id: string): void {
    const meeting = [...meetings.values()].find(({ files }) => files.some((file) => file.id === id));
    const file = meeting?.files.find((file) => file.id === id);
    if (!meeting || !file) throw new Refusal(404, {});
    const token = (request.headers.authorization ?? "").replace("Bearer ", "");
    if (token !== `files-${meeting.uuid}` && !access.has(token)) {
        reply.writeHead(200, { "content-type": "text/html;charset=utf-8" }).end("<html>Sign in</html>");
    } else if (place === "download") {
        reply.writeHead(302, { location: `/rec/content/${encodeURIComponent(id)}` }).end();
    } else {
        seen.downloads += 1;
        reply.writeHead(200, { "content-type": "application/octet-stream" }).end(bytes(file));
    }
}

async function answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", here);
    const body = await bodyOf(request);
    const json = (value: object) => {
        reply.writeHead(200, { "content-type": "application/json;charset=UTF-8" }).end(JSON.stringify(value));
    };
    if (url.pathname.startsWith("/fake/")) return json(await fake(url.pathname, body));
    if (mode.down) {
        seen.turned_away += 1;
        throw new Refusal(503, {});
    }
    const [, place = "", ...parts] = url.pathname.split("/");
    if (url.pathname === "/oauth/authorize") {
        reply.writeHead(302, { location: authorize(url.searchParams) }).end();
    } else if (url.pathname === "/oauth/token") json(token(request, new URLSearchParams(body)));
    else if (url.pathname === "/oauth/revoke") json(revoke(new URLSearchParams(body)));
    else if (place === "v2" && request.method !== "GET") {
        const asks = caller(request);
        const userOf = (asked: string) => user(asked, asks);
        const [status, told] = planned.write(request.method ?? "", parts.map(decodeURIComponent), body, asks, userOf);
        if (mode.loses_answers) throw new Refusal(504, {});
        reply.writeHead(status, { "content-type": "application/json" }).end(told ? JSON.stringify(told) : undefined);
    } else if (place === "v2") json(rest(request, parts.join("/"), url.searchParams));
    else if (place === "rec") file(request, reply, parts[0] ?? "", decodeURIComponent(parts[1] ?? ""));
    else throw new Refusal(404, {});
}

// What Zoom's library writes to the console is of no use in a test.
console.debug = () => {};
const server = createServer((request, reply) => {
    answer(request, reply).catch((cause: unknown) => {
        const refusal = cause instanceof Refusal ? cause : new Refusal(500, { message: String(cause) });
        reply.writeHead(refusal.status, { "content-type": "application/json" }).end(JSON.stringify(refusal.body));
    });
});
server.listen(port, "127.0.0.1");
