/**
 * The value of a JSON text; undefined for what is not JSON, which knows no such value. Whole numbers that a JavaScript
 * number cannot hold, such as nanoseconds since 1970, are left as the text they are written as.
 */
export function parseJson(text: string): unknown {
	try {
		return longNumber.test(text) ? JSON.parse(text, exactly) : JSON.parse(text);
	} catch {
		return undefined;
	}
}

const longNumber = /[:[,]\s*-?\d{16}/;

function exactly(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
	const isInexact = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
	return isInexact ? (context?.source ?? value) : value;
}

const deepest = 1000;

/** Shorter texts cannot be nested so deeply that it matters. */
const suspiciousLength = 64 * 1024;

/** True for a text whose brackets go deeper than any record's: a million of them would take a gigabyte once parsed. */
export function isTooDeep(text: string): boolean {
	if (text.length < suspiciousLength) return false;
	let depth = 0;
	for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
		if (token === "[" || token === "{") depth++;
		else if (token === "]" || token === "}") depth--;
		if (depth > deepest) return true;
	}
	return false;
}
