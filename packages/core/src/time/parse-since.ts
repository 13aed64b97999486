import { UsageError } from "@tidemark/db";
import { parseInstant } from "./parse-instant.ts";

const unitMs: Readonly<Record<string, number>> = {
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 7 * 86_400_000,
};

/** `90s`, `10m`, `6h`, `30d`, `2w` in milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
	const [, count, unit] = /^(\d+(?:\.\d+)?)(s|m|h|d|w)$/.exec(text) ?? [];
	const factor = unit && unitMs[unit];
	return factor ? Number(count) * factor : undefined;
}

/** A date (midnight in the zone), a timestamp or a span back from now (`30d`), as canonical text. @throws UsageError */
export function parseSince(text: string, now: number, zone = "UTC"): string {
	const back = parseDuration(text);
	try {
		return parseInstant(back === undefined ? text : new Date(now - back).toISOString(), zone);
	} catch (cause) {
		throw new UsageError(`"${text}" is not a point in time.`, {
			fix: "Use --since with a date (2026-02-01), a timestamp (2026-02-01T06:00:00Z) or a span (30d, 12h).",
			cause,
		});
	}
}
