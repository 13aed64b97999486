/** What GitHub answered, less the body of a success; status 0 is no answer. Header names are in lower case. */
export interface Failure {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	/** GitHub's own words. */
	readonly message: string;
}

/** `wait`: the limits are reached, for so many milliseconds. `retry`: it may pass. `refuse`: it will not. */
export type Verdict =
	| { readonly kind: "wait"; readonly ms: number; readonly why: string }
	| { readonly kind: "retry" }
	| { readonly kind: "refuse" };

/** GitHub asks for at least a minute after a secondary limit that names no time. */
const secondaryWaitMs = 60_000;

/**
 * Tells limits from missing permissions and both from failures that pass, in the order GitHub documents: Retry-After,
 * then the time at which the primary limit renews, then a minute, doubled with each try.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 *
 * @param tries failed so far with this request, 0 at first
 */
export function verdictOf({ status, headers, message }: Failure, tries: number): Verdict {
	if (status === 429 || status === 403) {
		const now = serverTime(headers) ?? Date.now();
		const after = retryAfterMs(headers["retry-after"], now);
		if (after !== undefined) return { kind: "wait", ms: after, why: "GitHub asks to slow down" };
		if (String(headers["x-ratelimit-remaining"]) === "0") {
			const reset = Number(headers["x-ratelimit-reset"]) * 1000;
			// A second more, because GitHub's own clocks are not one.
			const ms = Number.isFinite(reset) ? Math.max(0, reset - now) + 1000 : secondaryWaitMs;
			return { kind: "wait", ms, why: "GitHub's requests per hour are used up" };
		}
		if (status === 429 || /secondary rate limit|abuse detection|rate limit exceeded/i.test(message)) {
			return { kind: "wait", ms: secondaryWaitMs * 2 ** tries, why: "GitHub asks to slow down" };
		}
		return { kind: "refuse" };
	}
	return status === 0 || status >= 500 || status === 408 ? { kind: "retry" } : { kind: "refuse" };
}

/** The server's clock, milliseconds: waits are reckoned by it, because this machine's may be wrong. */
export function serverTime(headers: Readonly<Record<string, unknown>>): number | undefined {
	const time = Date.parse(String(headers.date));
	return Number.isNaN(time) ? undefined : time;
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(value: unknown, now: number): number | undefined {
	if (value === undefined) return undefined;
	const text = String(value).trim();
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
