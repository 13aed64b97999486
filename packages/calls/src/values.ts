// How people write numbers, truth and names in logs. An empty value is missing, never 0.

/** True for an empty text and the words that exporters write for a missing value: `null`, `None`, `NaN`, `-`. */
export function isMissing(text: string): boolean {
	return text === "" || /^(null|none|nil|n\/a|na|nan|undefined|-)$/i.test(text);
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a count of tokens: a whole number of 0 or more, also written `12.0`.
 * @throws Error naming the field
 */
export function parseTokens(field: string, text: string | undefined): number | null {
	const value = parseAmount(field, text);
	if (value === null || Number.isSafeInteger(value)) return value;
	throw fault(field, text, Number.isInteger(value) ? "too large to be a count" : "not a whole number");
}

/**
 * Reads a finite number of 0 or more: a duration, a share.
 * @throws Error naming the field
 */
export function parseAmount(field: string, text: string | undefined): number | null {
	const trimmed = text?.trim() ?? "";
	if (isMissing(trimmed)) return null;
	if (!decimal.test(trimmed)) throw fault(field, text, "not a number");
	const value = Number(trimmed);
	if (!Number.isFinite(value)) throw fault(field, text, "too large to be a number");
	if (value < 0) throw fault(field, text, "negative");
	return value;
}

/** What numeric(14,9) holds. */
const maxCost = 100_000;

/**
 * Reads a cost as US dollars in text with nine decimals, because a short call costs fractions of a millionth.
 * @param perDollar 100 if the text counts cents
 * @throws Error naming the field
 */
export function parseCost(field: string, text: string | undefined, perDollar = 1): string | null {
	const value = parseAmount(field, text?.trim().replace(/^\$/, ""));
	if (value === null) return null;
	if (value / perDollar >= maxCost) throw fault(field, text, "more than one call can cost");
	return (value / perDollar).toFixed(9);
}

const yes = new Set("true t yes y 1 1.0 ok success succeeded pass passed".split(" "));
const no = new Set("false f no n 0 0.0 error failure failed fail".split(" "));

/**
 * Reads whether something is so, in the words of any language's printer.
 * @throws Error naming the field
 */
export function parseTruth(field: string, text: string | undefined): boolean | null {
	const word = text?.trim().toLowerCase() ?? "";
	if (isMissing(word)) return null;
	if (!yes.has(word) && !no.has(word)) throw fault(field, text, "neither true nor false");
	return yes.has(word);
}

/** Text as it stands; null if it is missing. */
export function parseText(text: string | undefined): string | null {
	return text || null;
}

const maxNameLength = 200;

/**
 * Reads `owner/name` out of what people write for a repository: also its address, over HTTPS or SSH. Null for anything
 * else, above all for what would lead out of a folder that is named after it, such as `../../etc`.
 */
export function parseRepositoryName(text: string | undefined): string | null {
	if (text === undefined || text.length > maxNameLength) return null;
	const bare = text
		.trim()
		.replace(/^(?:https?|ssh|git):\/\/[^/]+\//, "")
		.replace(/^[\w.-]+@[\w.-]+:/, "")
		.replace(/(\.git)?\/?$/, "");
	const areNames = bare.split("/").every((segment) => /^[\w.-]+$/.test(segment) && !/^\.+$/.test(segment));
	return areNames ? bare : null;
}

function fault(field: string, text = "", what: string): Error {
	return new Error(`${field} ${JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)} is ${what}`);
}
