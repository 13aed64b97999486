/** Those words that are there. */
export function wordsOf(words: Readonly<Record<string, string | undefined>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(words).flatMap(([name, word]) => (word === undefined ? [] : [[name, word]])),
	);
}
