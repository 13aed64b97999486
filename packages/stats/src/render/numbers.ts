/** What is shown where nothing is known. */
export const unknown = "–";

/** `1,234,567` */
export function count(value: number): string {
	return value.toLocaleString("en-US");
}

/** `18.1M`: three significant digits, for numbers of which only the size matters. */
export function size(value: number | null): string {
	if (value === null) return unknown;
	for (const [unit, factor] of sizes) {
		// From 999.5 on three digits of the smaller unit would read 1000.
		if (value >= factor * 0.9995) return `${threeDigits(value / factor)}${unit}`;
	}
	return value.toFixed(0);
}

const sizes = [
	["T", 1e12],
	["B", 1e9],
	["M", 1e6],
	["k", 1e3],
] as const;

/** `$12.34`; tiny amounts keep two significant digits, large ones lose their cents. */
export function money(usd: number | null): string {
	if (usd === null) return unknown;
	if (usd > 0 && usd < 0.01) return `$${usd.toFixed(Math.min(9, 1 - Math.floor(Math.log10(usd))))}`;
	const cents = usd < 10_000 ? 2 : 0;
	return `$${usd.toLocaleString("en-US", { minimumFractionDigits: cents, maximumFractionDigits: cents })}`;
}

/** `850 ms`, `1.2 s`, `2.1 min`, `3.4 h`, `5.6 d` */
export function duration(milliseconds: number | null): string {
	if (milliseconds === null) return unknown;
	if (milliseconds < 999.5) return `${Number.isInteger(milliseconds) ? milliseconds : threeDigits(milliseconds)} ms`;
	if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
	if (milliseconds < 59.95 * 60_000) return `${(milliseconds / 60_000).toFixed(1)} min`;
	if (milliseconds < 47.95 * 3_600_000) return `${(milliseconds / 3_600_000).toFixed(1)} h`;
	return `${(milliseconds / 86_400_000).toFixed(1)} d`;
}

/** As `duration`, of seconds; GitHub tells no less than whole ones. */
export function seconds(value: number | null): string {
	if (value !== null && value < 60 && Number.isInteger(value)) return `${value} s`;
	return duration(value === null ? null : value * 1000);
}

/** `96.0 %`; only what is truly all or nothing reads 100.0 % or 0.0 %. */
export function percentage(rate: number | null): string {
	if (rate === null) return unknown;
	if (rate < 1 && rate >= 0.9995) return ">99.9 %";
	if (rate > 0 && rate < 0.0005) return "<0.1 %";
	return `${(rate * 100).toFixed(1)} %`;
}

/** `1 call`, `2 calls` */
export function plural(value: number, one: string, many = `${one}s`): string {
	return `${count(value)} ${value === 1 ? one : many}`;
}

function threeDigits(value: number): string {
	if (value >= 99.95) return value.toFixed(0);
	return value.toFixed(value >= 9.995 ? 1 : 2);
}
