// The meetings that are planned at the fake of Zoom.

import type {
    MeetingsCreateMeetingRequestBody,
    MeetingsCreateMeetingResponse,
    MeetingsListMeetingsResponse,
    MeetingsUpdateMeetingRequestBody,
} from "@zoom/rivet/meetings";

interface Host {
    id: string;
    email: string;
}

interface Kept {
    host: string;
    meeting: MeetingsCreateMeetingResponse & { id: number };
}

export class Planned {
    private readonly kept = new Map<number, Kept>();
    private next = 85_746_065;

    /** `refuse` makes what is thrown: a status, Zoom's code, and words. */
    constructor(private readonly refuse: (status: number, code: number, message: string) => Error) {}

    /** Refuses what Zoom does not take. */
    private checked(given: MeetingsUpdateMeetingRequestBody): MeetingsUpdateMeetingRequestBody {
        const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(given.start_time ?? "");
        const tooLong = (given.topic?.length ?? 0) > 200 || (given.agenda?.length ?? 0) > 2000;
        if (!isTime || tooLong || !Number.isInteger(given.duration)) throw this.refuse(400, 300, "Validation Failed.");
        return given;
    }

    private create(given: MeetingsCreateMeetingRequestBody, host: Host): MeetingsCreateMeetingResponse {
        const { topic = "", start_time = "", duration = 0, timezone = "", agenda = "" } = this.checked(given);
        this.next += 1;
        const id = this.next;
        const join_url = `https://example.zoom.us/j/${id}?pwd=abc`;
        const meeting = { id, host_email: host.email, join_url, type: 2 as const, topic, start_time, duration, timezone, agenda };
        this.kept.set(id, { host: host.id, meeting });
        return meeting;
    }

    private find(id: string, caller: Host): Kept {
        const found = this.kept.get(Number(id));
        if (found?.host !== caller.id) throw this.refuse(404, 3001, `Meeting does not exist: ${id}.`);
        return found;
    }

    /** What changes something: the status, and what is answered. */
    write(method: string, path: string[], body: string, caller: Host, userOf: (asked: string) => Host): [number, object | null] {
        const [kind = "", id = "", what = ""] = path;
        if (method === "POST" && kind === "users" && what === "meetings") {
            return [201, this.create(JSON.parse(body) as MeetingsCreateMeetingRequestBody, userOf(id))];
        }
        if (kind !== "meetings" || what) throw this.refuse(404, 300, "This API endpoint is not recognized.");
        const { meeting } = this.find(id, caller);
        if (method === "PATCH") Object.assign(meeting, this.checked(JSON.parse(body) as MeetingsUpdateMeetingRequestBody));
        else if (method === "DELETE") this.kept.delete(meeting.id);
        else throw this.refuse(405, 300, "Request method is not supported.");
        return [204, null];
    }

    /** A host's meetings as they are listed: of the agenda no more than 250 characters. */
    listed(host: Host): NonNullable<MeetingsListMeetingsResponse["meetings"]> {
        const own = [...this.kept.values()].filter((kept) => kept.host === host.id);
        return own.map(({ meeting: { id, join_url = "", topic = "", agenda = "" } }) => ({
            id,
            join_url,
            topic,
            type: 2,
            agenda: agenda.slice(0, 250),
        }));
    }

    all(): MeetingsCreateMeetingResponse[] {
        return [...this.kept.values()].map(({ meeting }) => meeting);
    }
}
