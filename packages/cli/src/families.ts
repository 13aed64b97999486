/** `github` of `github:runs`: the sources of one family share their settings, and are reported together. */
export function familyOf(source: string): string {
	return source.split(":", 1)[0] ?? source;
}

/** Each family once, with all of its members, in their order. */
export function families<Member>(members: readonly Member[], nameOf: (member: Member) => string): [string, Member[]][] {
	const names = new Set(members.map((member) => familyOf(nameOf(member))));
	return [...names].map((family) => [family, members.filter((member) => familyOf(nameOf(member)) === family)]);
}
