/** What is shown where nothing is known. */
export const unknown = "–";

/** `1,234,567` */
export function count(value: number): string {
	return Math.round(value).toLocaleString("en-US");
}

/** `1 row`, `2 rows` */
export function plural(value: number, one: string, many = `${one}s`): string {
	return `${count(value)} ${value === 1 ? one : many}`;
}

/** `18.1M`: three digits, for numbers of which only the size matters. */
export function size(value: number): string {
	return value.toLocaleString("en-US", { notation: "compact", maximumSignificantDigits: 3 });
}

/** `$12.34`; large amounts lose their cents, tiny ones keep two digits. */
export function money(usd: number): string {
	const digits =
		usd !== 0 && Math.abs(usd) < 0.01
			? { maximumSignificantDigits: 2 }
			: { minimumFractionDigits: 2, maximumFractionDigits: 2 };
	return `$${usd.toLocaleString("en-US", Math.abs(usd) < 10_000 ? digits : { maximumFractionDigits: 0 })}`;
}

/** `96.0 %` */
export function percentage(rate: number): string {
	return `${(rate * 100).toFixed(1)} %`;
}

/** `42 s`, `2.1 min`, `3.4 h`, `5.0 days` */
export function span(seconds: number): string {
	if (seconds < 59.5) return `${seconds < 9.95 ? Number(seconds.toFixed(1)) : seconds.toFixed(0)} s`;
	if (seconds < 59.95 * 60) return `${(seconds / 60).toFixed(1)} min`;
	if (seconds < 47.95 * 3600) return `${(seconds / 3600).toFixed(1)} h`;
	return `${(seconds / 86_400).toFixed(1)} days`;
}

/** `2026-11-21 06:17 UTC` of a canonical instant. */
export function moment(instant: string): string {
	return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
