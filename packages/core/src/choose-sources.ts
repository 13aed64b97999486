import { UsageError } from "@tidemark/db";
import type { DefinedSource } from "./ingest/define-source.ts";

type Named = Pick<DefinedSource, "name">;

/** The sources that names mean, once each and in order; `github` means all `github:*`. @throws UsageError */
export function chooseSources<Source extends Named>(sources: readonly Source[], names: readonly string[]): Source[] {
	const unknown = names.find((name) => !sources.some((source) => isMeant(source, name)));
	if (unknown === undefined) return sources.filter((source) => names.some((name) => isMeant(source, name)));
	throw new UsageError(`There is no source "${unknown}".`, { fix: `Use some of ${listFamilies(sources).join(", ")}.` });
}

/** True if a name means a source: its own name, or that of its family. */
export function isMeant({ name: source }: Named, name: string): boolean {
	return source === name || readFamily(source) === name;
}

/** `github` of `github:runs`: sources of one family share their settings. */
export function readFamily(source: string): string {
	return source.split(":", 1)[0] ?? source;
}

/** Each once, in the order of the list. */
export function listFamilies(sources: readonly Named[]): string[] {
	return [...new Set(sources.map(({ name }) => readFamily(name)))];
}
