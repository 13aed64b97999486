/** The values of a JSON Lines file that are objects. */
export function lines(text: string): unknown[] {
	const values: unknown[] = [];
	for (const line of text.split("\n")) {
		try {
			const value: unknown = JSON.parse(line);
			if (typeof value === "object" && value !== null) values.push(value);
		} catch {
			// Spoilt on purpose.
		}
	}
	return values;
}

/** A value deep inside, by the names on the way; undefined where one is missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
	let found = value;
	for (const name of path) {
		if (typeof found !== "object" || found === null) return undefined;
		found = (found as Record<string, unknown>)[name];
	}
	return found;
}

export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | null {
	const found = at(value, ...path);
	return typeof found === "number" ? found : null;
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | null {
	const found = at(value, ...path);
	return typeof found === "string" && found !== "" ? found : null;
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): unknown[] {
	const found = at(value, ...path);
	return Array.isArray(found) ? found : [];
}
