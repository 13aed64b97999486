import type { Clock } from "../../clock.ts";
import type { Fault } from "../../faults.ts";

export interface SecondaryLimitOptions {
	readonly status: 403 | 429;
	/** Milliseconds to wait; no Retry-After if not given. */
	readonly retryAfterMs?: number;
	/** How Retry-After is written; in seconds if not given. */
	readonly as?: "seconds" | "date";
	/** Whether the message has the words "secondary rate limit"; GitHub's message does not always have them. */
	readonly saysSo: boolean;
}

/** A secondary limit, in all the forms that are documented or were seen. */
export function createSecondaryLimit({ status, retryAfterMs, as = "seconds", saysSo }: SecondaryLimitOptions): Fault {
	const message = saysSo
		? "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
		: "You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.";
	const documentation_url = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
	return {
		kind: "answer",
		status,
		headers: (clock) => (retryAfterMs === undefined ? {} : { "retry-after": retryAfter(retryAfterMs, as, clock) }),
		body: { message, documentation_url },
	};
}

function retryAfter(ms: number, as: "seconds" | "date", clock: Clock): string {
	return as === "seconds" ? String(Math.ceil(ms / 1000)) : new Date(clock.serverNow() + ms).toUTCString();
}
