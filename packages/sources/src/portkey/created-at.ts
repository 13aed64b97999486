import { parseInstant } from "@tidemark/core";

/** What JavaScript's Date prints: `Sat Jul 25 2026 11:14:18 GMT+0000 (Coordinated Universal Time)`. */
const dateText =
	/^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) (?:GMT|UTC)([+-]\d{4})?(?: \(.*\))?$/;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * When a log was made, as canonical text. PortKey writes JavaScript's Date text, elsewhere ISO 8601 with or without a
 * zone (then UTC), or a Unix time.
 * @throws Error with a reason that a person can read
 */
export function parseCreatedAt(value: unknown): string {
	if (typeof value !== "string" && typeof value !== "number") throw new Error("created_at is missing");
	const text = String(value).trim();
	const [, month = "", day, year, time, offset = "+0000"] = dateText.exec(text) ?? [];
	const number = months.indexOf(month) + 1;
	if (number === 0) return parseInstant(text);
	return parseInstant(`${year}-${String(number).padStart(2, "0")}-${day}T${time}${offset === "+0000" ? "Z" : offset}`);
}
