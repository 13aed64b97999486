/**
 * How long a service asks to be left alone, in milliseconds: its Retry-After in seconds or as a date (RFC 9110, 10.2.3).
 * A date is measured against the answer's own Date, because the clocks of both sides may differ.
 *
 * @returns undefined where the answer does not say
 */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
	const text = headers.get("retry-after")?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	const until = Date.parse(text);
	if (Number.isNaN(until)) return undefined;
	return Math.max(0, until - (answeredAtMs(headers) ?? now));
}

/** The service's own clock when it answered, in milliseconds since 1970; undefined where the answer does not say. */
export function answeredAtMs(headers: Headers): number | undefined {
	const at = Date.parse(headers.get("date") ?? "");
	return Number.isNaN(at) ? undefined : at;
}
