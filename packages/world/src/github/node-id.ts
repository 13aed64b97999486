/** An opaque id as GraphQL and `node_id` give it: a prefix for the kind, the rest only for equality. */
export function nodeId(
	prefix: "CS" | "WFR" | "CR" | "PR" | "R" | "U" | "C" | "W" | "E",
	...parts: readonly (number | string)[]
): string {
	return `${prefix}_kw${Buffer.from(parts.join(":")).toString("base64url")}`;
}
