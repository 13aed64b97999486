const maxLength = 200;

/**
 * Reads `owner/name` out of what people write for a repository: also its address, over HTTPS or SSH. Null for anything
 * else, above all for what would lead out of a folder that is named after it, such as `../../etc`.
 */
export function parseRepositoryName(text: string | undefined): string | null {
	if (text === undefined || text.length > maxLength) return null;
	const bare = text
		.trim()
		.replace(/^(?:https?|ssh|git):\/\/[^/]+\//, "")
		.replace(/^[\w.-]+@[\w.-]+:/, "")
		.replace(/(\.git)?\/?$/, "");
	const segments = bare.split("/");
	const areNames = segments.every((segment) => /^[\w.-]+$/.test(segment) && !/^\.+$/.test(segment));
	return areNames ? bare : null;
}
