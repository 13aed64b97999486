/**
 * A PostgreSQL array literal such as `{1,NULL,"a\"b"}`.
 *
 * Arrays travel as text because the drivers disagree about every other form. NUL bytes, which PostgreSQL cannot
 * store, are left out; a lone surrogate becomes U+FFFD when the text is encoded.
 * Format: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 */
export function formatArray(values: readonly unknown[]): string {
	// Most columns are of one kind and hold nothing special: joining them as they are makes no text for each value.
	if (values.every((value) => typeof value === "number" || typeof value === "boolean")) return `{${values.join(",")}}`;
	if (values.every((value) => typeof value === "string" && !special.test(value))) return `{"${values.join('","')}"}`;
	const elements = values.map((value) => ((value ?? null) === null ? "NULL" : formatElement(value)));
	return `{${elements.join(",")}}`;
}

/** A single value as text, as a parameter of its own. */
export function formatScalar(value: unknown): string {
	if (typeof value === "string") return value.replaceAll("\u0000", "");
	return typeof value === "object" ? formatJson(value) : String(value);
}

function formatElement(value: unknown): string {
	if (typeof value === "string") return quote(value);
	return typeof value === "object" ? quote(formatJson(value)) : String(value);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what PostgreSQL refuses.
const special = /["\\\u0000]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON writes these in a way that an array does not understand.
const control = /[\u0000-\u001f\ud800-\udfff]/;

function quote(text: string): string {
	if (!special.test(text)) return `"${text}"`;
	// The same escapes as JSON's, which is faster.
	if (!control.test(text)) return JSON.stringify(text);
	return `"${text.replaceAll("\u0000", "").replace(/["\\]/g, "\\$&")}"`;
}

/**
 * JSON text that jsonb accepts: it refuses \u0000 and lone surrogates even when escaped.
 * @throws Error with the SQLSTATE of PostgreSQL's own refusal if the value is nested too deeply
 */
export function formatJson(value: unknown): string {
	try {
		const text = JSON.stringify(value);
		return /\\u(0000|d[89a-f])/i.test(text) ? JSON.stringify(makeStorable(value)) : text;
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		throw Object.assign(new Error("the value is nested too deeply", { cause }), { code: "54001" });
	}
}

function makeStorable(value: unknown): unknown {
	if (typeof value === "string") return value.replaceAll("\u0000", "").toWellFormed();
	if (Array.isArray(value)) return value.map(makeStorable);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [makeStorable(key), makeStorable(inner)]));
}
