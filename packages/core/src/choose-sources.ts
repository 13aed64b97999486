import { UsageError } from "@tidemark/db";
import { groupBy } from "./group-by.ts";

interface Named {
	readonly name: string;
}

/**
 * The sources that some names mean, each once, in the order of the list. `github` means all `github:*`.
 * @throws UsageError for a name that means none
 */
export function chooseSources<Source extends Named>(sources: readonly Source[], names: readonly string[]): Source[] {
	for (const name of names) {
		if (sources.some((source) => isMeant(source, name))) continue;
		throw new UsageError(`There is no source "${name}".`, {
			fix: `Use some of ${[...groupByFamily(sources, (source) => source.name).keys()].join(", ")}.`,
		});
	}
	return sources.filter((source) => names.some((name) => isMeant(source, name)));
}

/** True if a name means a source: its own name, or that of its family. */
export function isMeant({ name: source }: Named, name: string): boolean {
	return source === name || readFamily(source) === name;
}

/** `github` of `github:runs`: sources of one family share their settings. */
export function readFamily(source: string): string {
	return source.split(":", 1)[0] ?? source;
}

/** What belongs to sources, by their families, in the order in which these appear. */
export function groupByFamily<Member>(
	members: readonly Member[],
	readSource: (member: Member) => string,
): Map<string, Member[]> {
	return groupBy(members, (member) => readFamily(readSource(member)));
}
