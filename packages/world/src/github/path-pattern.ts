/** The values of a pattern's placeholders in a path, such as `{owner}` in `/repos/{owner}`; undefined where it does not fit. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
	const wanted = pattern.split("/");
	const given = path.split("/");
	if (wanted.length !== given.length) return undefined;
	const params: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		const value = given[index] ?? "";
		if (part.startsWith("{") && value !== "") params[part.slice(1, -1)] = decodeURIComponent(value);
		else if (part !== value) return undefined;
	}
	return params;
}
