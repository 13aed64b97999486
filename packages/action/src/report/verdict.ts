import type { DefinedSource, SourceResult, TargetResult } from "@tidemark/core";
import type { Step } from "../inputs/read-step.ts";
import type { Failure, Report, Unfinished } from "./report.ts";

/** What failed. A repository that cannot be read fails every source that wants it: the reason is told once. */
export function failuresOf(results: readonly SourceResult[]): Failure[] {
	const all = results.flatMap((result): Failure[] => [
		...targetsOf(result)
			.filter(({ outcome }) => outcome === "failed")
			.map((target) => ({ label: labelOf(target), error: target.error })),
		...(result.outcome === "failed" ? [{ label: result.source, error: result.error }] : []),
	]);
	return all.filter(({ error }, index) => all.findIndex((other) => other.error === error) === index);
}

/** What did not come to its end, or was not even begun. In `all`, what another process ingests is well. */
export function unfinishedOf(
	results: readonly SourceResult[],
	chosen: { readonly sources: readonly DefinedSource[]; readonly isNamed: boolean },
): Unfinished[] {
	const begun = results.flatMap(targetsOf).flatMap((target): Unfinished[] => {
		const label = labelOf(target);
		if (target.outcome === "cancelled") return [{ label, reason: "cancelled" }];
		if (target.outcome === "locked" && chosen.isNamed) return [{ label, reason: "another process is ingesting it" }];
		return target.outcome === "partial" ? [{ label, reason: target.message ?? "it ended early" }] : [];
	});
	const waiting = chosen.sources.filter(({ name }) => !results.some(({ source }) => source === name));
	return [...begun, ...waiting.map(({ name }) => ({ label: name, reason: "its turn did not come" }))];
}

export function targetsOf(result: SourceResult): readonly TargetResult[] {
	return result.outcome === "skipped" ? [] : result.targets;
}

export function labelOf({ source, target }: Pick<TargetResult, "source" | "target">): string {
	return `${source} ${target}`;
}

/** Whether the step fails. */
export function isFailed({ failures, unfinished }: Report, { failOn }: Step): boolean {
	if (failOn === "never") return false;
	return failures.length > 0 || (failOn === "partial" && unfinished.length > 0);
}
