/** `github` of `github:runs`: sources of one family share their settings, and are told of together. */
export function familyOf(source: string): string {
	return source.split(":", 1)[0] ?? source;
}

/** Each once, with all of its members. */
export function families<Member>(members: readonly Member[], nameOf: (member: Member) => string): [string, Member[]][] {
	return [...Map.groupBy(members, (member) => familyOf(nameOf(member)))];
}
