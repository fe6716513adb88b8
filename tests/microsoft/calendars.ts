// The calendars of the fake of Microsoft: events, their versions, and what changed since when
// (https://learn.microsoft.com/graph/delta-query-events).

import { randomBytes } from "node:crypto";

import type { Calendar, Event, ScheduleItem, User } from "@microsoft/microsoft-graph-types";

import { refused } from "./refusal.js";

type Account = User & { id: string };
type Known = Event & { id: string };
export type Tagged = Partial<Event> & { "@odata.etag"?: string; "@removed"?: { reason: "deleted" } };

export interface Held {
    calendar: string;
    event: Known;
    /** When it last changed, in changes of the whole fake. */
    serial: number;
    isGone: boolean;
}

/** What tests put into a calendar: an event, or a series with its occurrences. */
export interface Given {
    calendar: string;
    event: Known;
}

interface Kept {
    owner: string;
    calendar: Calendar & { id: string };
    /** Ids of others who see it. */
    shared_with?: string[];
}

interface View {
    calendar: string;
    from: number;
    until: number;
    /** Changes up to this one are known. */
    since: number;
    /** Changes after this one belong to the next round. */
    until_serial: number;
    offset: number;
}

const random = () => randomBytes(18).toString("base64url");
/** Graph tells local times and their zone; here all of them are UTC. */
const instant = (time: Event["start"]) => Date.parse(`${time?.dateTime?.slice(0, 19)}Z`);
const padded = (time: Event["start"]) => ({ dateTime: `${time?.dateTime?.slice(0, 19)}.0000000`, timeZone: "UTC" });

export class Calendars {
    private readonly kept = new Map<string, Kept>();
    private readonly held = new Map<string, Held>();
    private readonly made = new Map<string, string>();
    private readonly views = new Map<string, View>();
    private serial = 1;

    constructor(private readonly graph: string) {}

    has(kept: Kept): void {
        this.kept.set(kept.calendar.id, kept);
    }

    of(user: Account): Calendar[] {
        const visible = ({ owner, shared_with }: Kept) => owner === user.id || shared_with?.includes(user.id);
        return [...this.kept.values()].filter(visible).map(({ calendar }) => calendar);
    }

    readable(id: string, user: Account): Kept {
        const found = this.kept.get(id);
        if (!found || !this.of(user).includes(found.calendar)) {
            throw refused(404, "ErrorItemNotFound", "The specified object was not found in the store.");
        }
        return found;
    }

    private writable(id: string, user: Account): void {
        if (!this.readable(id, user).calendar.canEdit) {
            throw refused(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        }
    }

    find(id: string, user: Account): Held {
        const found = this.held.get(id);
        if (found) this.readable(found.calendar, user);
        if (!found || found.isGone) throw refused(404, "ErrorItemNotFound", "The specified object was not found.");
        return found;
    }

    /** As Graph shows an event. */
    shown(event: Known, text: boolean): Tagged {
        const serial = this.held.get(event.id)?.serial;
        const content = event.body?.content ?? "";
        return {
            ...event,
            "@odata.etag": `W/"${serial}"`,
            start: padded(event.start),
            end: padded(event.end),
            body: text ? { contentType: "text", content } : { contentType: "html", content: `<html><body>${content}</body></html>` },
        };
    }

    private keep(calendar: string, event: Known): Held {
        this.serial += 1;
        const held = { calendar, event, serial: this.serial, isGone: false };
        this.held.set(event.id, held);
        return held;
    }

    put({ calendar, event }: Given): Held {
        const before = this.held.get(event.id)?.event ?? {};
        const usual = { type: "singleInstance" as const, showAs: "busy" as const, iCalUId: `uid-${event.id}` };
        return this.keep(calendar, { ...usual, ...before, ...event });
    }

    take(id: string): Held {
        const held = this.held.get(id);
        if (!held) throw refused(404, "ErrorItemNotFound", "The specified object was not found.");
        this.serial += 1;
        Object.assign(held, { isGone: true, serial: this.serial });
        return held;
    }

    create(calendar: string, given: Event, user: Account): Held & { isNew: boolean; mails: number } {
        this.writable(calendar, user);
        if (!given.start?.dateTime || !given.end?.dateTime || instant(given.end) < instant(given.start)) {
            throw refused(400, "ErrorPropertyValidationFailure", "At least one property failed validation.");
        }
        const key = `${user.id} ${given.transactionId}`;
        const earlier = given.transactionId ? this.held.get(this.made.get(key) ?? "") : undefined;
        if (earlier && !earlier.isGone) return { ...earlier, isNew: false, mails: 0 };
        const id = random();
        const online: Event = given.isOnlineMeeting ? { onlineMeeting: { joinUrl: `https://teams.example.org/${id}` } } : {};
        const organizer = { emailAddress: { name: user.displayName ?? "", address: user.mail ?? "" } };
        const webLink = `https://outlook.example.org/calendar/item/${encodeURIComponent(id)}`;
        const event: Known = { type: "singleInstance", showAs: "busy", iCalUId: `uid-${id}`, ...given, ...online, id, organizer, webLink };
        this.made.set(key, id);
        return { ...this.keep(calendar, event), isNew: true, mails: given.attendees?.length ?? 0 };
    }

    update(id: string, given: Event, ifMatch: string | undefined, user: Account): Held & { mails: number } {
        const { calendar, event, serial } = this.find(id, user);
        this.writable(calendar, user);
        if (ifMatch && ifMatch !== `W/"${serial}"`) {
            throw refused(412, "ErrorIrresolvableConflict", "The send or update operation could not be performed.");
        }
        if (given.transactionId) throw refused(400, "ErrorPropertyValidationFailure", "transactionId cannot be changed.");
        // The conference is kept in the body: whoever writes another body ends it.
        const online: Event = given.body && event.onlineMeeting ? { isOnlineMeeting: false, onlineMeeting: null } : {};
        const attendees = given.attendees ?? event.attendees ?? [];
        return { ...this.keep(calendar, { ...event, ...given, ...online, id }), mails: attendees.length };
    }

    remove(id: string, user: Account): Held {
        this.writable(this.find(id, user).calendar, user);
        return this.take(id);
    }

    all(): object {
        return [...this.held.values()].filter(({ isGone }) => !isGone).map(({ event }) => event);
    }

    /** When somebody is not free, in what they own. */
    schedule(user: string, from: number, until: number): ScheduleItem[] {
        const own = [...this.held.values()].filter(({ calendar, isGone }) => !isGone && this.kept.get(calendar)?.owner === user);
        const within = own.filter(({ event }) => instant(event.start) < until && instant(event.end) > from);
        return within
            .filter(({ event }) => event.type !== "seriesMaster")
            .map(({ event }) => ({ status: event.showAs ?? "busy", start: padded(event.start), end: padded(event.end) }));
    }

    /** Has it know no tokens any more. */
    forget(): void {
        this.views.clear();
    }

    delta(calendar: string, query: URLSearchParams, user: Account, size: number, text: boolean): object {
        this.readable(calendar, user);
        const view = this.view(calendar, query);
        const changed = [...this.held.values()]
            .filter((held) => held.calendar === calendar && held.serial > view.since && held.serial <= view.until_serial)
            .filter((held) => view.since > 0 || (!held.isGone && this.isWithin(held, view)))
            .sort((one, other) => one.serial - other.serial);
        const value = changed.slice(view.offset, view.offset + size).map((held) => this.told(held, view, text));
        const next = random();
        const link = (kind: string) => `${this.graph}/me/calendars/${encodeURIComponent(calendar)}/calendarView/delta?$${kind}=${next}`;
        if (view.offset + size < changed.length) {
            this.views.set(next, { ...view, offset: view.offset + size });
            return { value, "@odata.nextLink": link("skiptoken") };
        }
        this.views.set(next, { ...view, since: view.until_serial, until_serial: 0, offset: 0 });
        return { value, "@odata.deltaLink": link("deltatoken") };
    }

    private view(calendar: string, query: URLSearchParams): View {
        const token = query.get("$skiptoken") ?? query.get("$deltatoken");
        if (token) {
            const found = this.views.get(token);
            if (found?.calendar !== calendar) throw refused(410, "syncStateNotFound", "The sync state generation is not found.");
            return { ...found, until_serial: found.until_serial || this.serial };
        }
        const [from, until] = ["startDateTime", "endDateTime"].map((name) => Date.parse(query.get(name) ?? ""));
        if (!from || !until) throw refused(400, "ErrorInvalidParameter", "The request requires startDateTime and endDateTime.");
        return { calendar, from, until, since: 0, until_serial: this.serial, offset: 0 };
    }

    private isWithin({ event }: Held, { from, until }: View): boolean {
        // A series is in a view when an occurrence of it is.
        const occurrences = [...this.held.values()].filter((other) => !other.isGone && other.event.seriesMasterId === event.id);
        const times = event.type === "seriesMaster" ? occurrences.map(({ event }) => event) : [event];
        return times.some(({ start, end }) => instant(start) < until && instant(end) > from);
    }

    /** An event as a round tells it: what is gone or not in the view by its id alone, occurrences by their times. */
    private told(held: Held, view: View, text: boolean): Tagged {
        const { id, type, seriesMasterId, start, end } = held.event;
        if (held.isGone || !this.isWithin(held, view)) return { id, "@removed": { reason: "deleted" } };
        if (type !== "occurrence") return this.shown(held.event, text);
        const times = { start: padded(start), end: padded(end) };
        return { id, type, seriesMasterId: seriesMasterId ?? null, "@odata.etag": `W/"${held.serial}"`, ...times };
    }
}
