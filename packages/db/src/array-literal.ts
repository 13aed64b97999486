/**
 * A PostgreSQL array literal such as `{1,NULL,"a\"b"}`.
 *
 * Arrays travel as text because the drivers disagree about every other form. NUL bytes, which PostgreSQL cannot
 * store, are left out; a lone surrogate becomes U+FFFD when the text is encoded.
 * Format: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 */
export function arrayLiteral(values: readonly unknown[]): string {
	// Most columns are of one kind and hold nothing special: joined as they are, no text is made for each value.
	if (values.every((value) => typeof value === "number" || typeof value === "boolean")) return `{${values.join(",")}}`;
	if (values.every((value) => typeof value === "string" && !special.test(value))) return `{"${values.join('","')}"}`;
	const elements = values.map((value) => ((value ?? null) === null ? "NULL" : element(value)));
	return `{${elements.join(",")}}`;
}

/** A single value as text, as a parameter of its own. */
export function scalarText(value: unknown): string {
	if (typeof value === "string") return value.replaceAll("\u0000", "");
	return typeof value === "object" ? jsonText(value) : String(value);
}

function element(value: unknown): string {
	switch (typeof value) {
		case "number":
		case "bigint":
			return String(value);
		case "boolean":
			return value ? "t" : "f";
		case "string":
			return quoted(value);
		default:
			return quoted(jsonText(value));
	}
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what PostgreSQL refuses.
const special = /["\\\u0000]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON writes these in a way that an array does not understand.
const control = /[\u0000-\u001f\ud800-\udfff]/;

function quoted(text: string): string {
	if (!special.test(text)) return `"${text}"`;
	// The same escapes as JSON's, which is faster.
	if (!control.test(text)) return JSON.stringify(text);
	return `"${text.replaceAll("\u0000", "").replace(/["\\]/g, "\\$&")}"`;
}

/**
 * JSON text that jsonb accepts: it refuses \u0000 and lone surrogates even when escaped.
 * @throws Error with the SQLSTATE of PostgreSQL's own refusal where the value is nested too deeply
 */
export function jsonText(value: unknown): string {
	try {
		const text = JSON.stringify(value);
		return /\\u(0000|d[89a-f])/i.test(text) ? JSON.stringify(storable(value)) : text;
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		throw Object.assign(new Error("the value is nested too deeply", { cause }), { code: "54001" });
	}
}

function storable(value: unknown): unknown {
	if (typeof value === "string") return value.replaceAll("\u0000", "").toWellFormed();
	if (Array.isArray(value)) return value.map(storable);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]));
}
