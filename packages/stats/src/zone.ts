import { UsageError } from "@tidemark/db";

/**
 * Refuses what is not a time zone's IANA name (`UTC`, `Europe/Berlin`).
 *
 * Offsets such as `+02:00` are refused too: PostgreSQL reads their sign the other way round than everybody else.
 *
 * @throws UsageError
 */
export function requireZone(zone: string): void {
	if (!/^[+-]/.test(zone) && isKnown(zone)) return;
	throw new UsageError(`"${zone}" is not a time zone.`, {
		fix: "Use an IANA name such as UTC, Europe/Berlin or America/New_York.",
	});
}

function isKnown(zone: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}
