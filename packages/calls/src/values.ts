// How people write numbers and truth in logs. An empty value is missing, never 0.

/** True for an empty text and the words that exporters write for a missing value: `null`, `None`, `NaN`, `-`. */
export function isMissing(text: string | undefined): boolean {
	return text === undefined || text === "" || /^(null|none|nil|n\/a|na|nan|undefined|-)$/i.test(text);
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a count of tokens: a whole number of 0 or more, also written `12.0`.
 * @throws Error naming the field
 */
export function parseTokens(field: string, text: string | undefined): number | null {
	const value = parseAmount(field, text);
	if (value === null || Number.isSafeInteger(value)) return value;
	throw new Error(
		Number.isInteger(value)
			? `${field} ${quote(text)} is too large to be a count`
			: `${field} ${quote(text)} is not a whole number`,
	);
}

/**
 * Reads a finite number of 0 or more: a duration, a share.
 * @throws Error naming the field
 */
export function parseAmount(field: string, text: string | undefined): number | null {
	const trimmed = text?.trim();
	if (!trimmed) return null;
	if (!decimal.test(trimmed)) {
		if (isMissing(trimmed)) return null;
		throw new Error(`${field} ${quote(text)} is not a number`);
	}
	const value = Number(trimmed);
	if (!Number.isFinite(value)) throw new Error(`${field} ${quote(text)} is too large to be a number`);
	if (value < 0) throw new Error(`${field} ${quote(text)} is negative`);
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
	if (value / perDollar >= maxCost) throw new Error(`${field} ${quote(text)} is more than one call can cost`);
	return (value / perDollar).toFixed(9);
}

const truths: ReadonlyMap<string, boolean> = new Map([
	...["true", "t", "yes", "y", "1", "1.0", "ok", "success", "succeeded", "pass", "passed"].map(
		(word) => [word, true] as const,
	),
	...["false", "f", "no", "n", "0", "0.0", "error", "failure", "failed", "fail"].map((word) => [word, false] as const),
]);

/**
 * Reads whether something is so, in the words of any language's printer.
 * @throws Error naming the field
 */
export function parseTruth(field: string, text: string | undefined): boolean | null {
	const word = text?.trim().toLowerCase();
	if (!word) return null;
	const truth = truths.get(word);
	if (truth !== undefined) return truth;
	if (isMissing(word)) return null;
	throw new Error(`${field} ${quote(text)} is neither true nor false`);
}

/** Text as it stands; null if it is missing. */
export function parseText(text: string | undefined): string | null {
	return text === undefined || text === "" ? null : text;
}

function quote(text = ""): string {
	return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
