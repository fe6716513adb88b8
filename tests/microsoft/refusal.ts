// Why the fake of Microsoft refuses.

export class Refusal extends Error {
    constructor(
        readonly status: number,
        readonly body: object,
    ) {
        super();
    }
}

/** A refusal as Graph words it: https://learn.microsoft.com/graph/errors */
export function refused(status: number, code: string, message: string): Refusal {
    return new Refusal(status, { error: { code, message } });
}
