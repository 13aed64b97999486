/**
 * A name from outside, on one line and harmless to show: without control characters, which could steer a terminal, and
 * without invisible ones, which could reorder a line or make two names look alike.
 */
export function cleanText(text: string): string {
	return text
		.normalize("NFC")
		.toWellFormed()
		.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
		.replace(/[\p{Cf}\p{Variation_Selector}]/gu, "")
		.trim();
}

/** How a group is called: one without a name is shown too. */
export function nameOf(name: string | null): string {
	return name === null ? "(none)" : cleanText(name) || "(empty)";
}
