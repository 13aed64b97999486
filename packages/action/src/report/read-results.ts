import { type DefinedSource, type IngestionOutcome, listTargets, type SourceResult } from "@tidemark/core";
import { explainError, TelemetryError } from "@tidemark/db";
import { type Failure, formatLabel, type Unfinished } from "./report.ts";

/** Rewrites a message for the workflow: one harmless line, names of inputs, no secrets. */
export type Say = (text: string) => string;

export function describeFailure(failure: unknown, say: Say, label?: string): Failure {
	const error = explainError(failure);
	if (error instanceof TelemetryError) {
		const words = [error.message, ...(error.why === undefined ? [] : [`Why: ${error.why}`]), `Fix: ${error.fix}`];
		return { label, words: words.map(say), stack: undefined };
	}
	const { message, stack } = error instanceof Error ? error : new Error(String(error));
	return { label, words: [say(message)], stack: stack?.split("\n").map(say).join("\n") };
}

/** What failed. A repository that cannot be read fails every source that wants it: the reason appears once. */
export function listFailures({ results, pruneError }: IngestionOutcome, say: Say): Failure[] {
	const all = results.flatMap((result) => [
		...listTargets(result)
			.filter(({ outcome }) => outcome === "failed")
			.map((target) => ({ label: formatLabel(target), error: target.error })),
		...(result.outcome === "failed" ? [{ label: result.source, error: result.error }] : []),
	]);
	const failures = all
		.filter(({ error }, index) => all.findIndex((other) => other.error === error) === index)
		.map(({ label, error }) => describeFailure(error, say, label));
	return pruneError === undefined ? failures : [...failures, describeFailure(pruneError, say)];
}

/** What did not come to its end or did not begin. With all sources, another process may be ingesting one: that is fine. */
export function listUnfinished(
	{ results, isNamed }: IngestionOutcome,
	sources: readonly DefinedSource[],
	say: Say,
): Unfinished[] {
	const begun = results.flatMap(listTargets).flatMap((target): Unfinished[] => {
		const label = formatLabel(target);
		if (target.outcome === "cancelled") return [{ label, reason: "cancelled" }];
		if (target.outcome === "locked" && isNamed) return [{ label, reason: "another process is ingesting it" }];
		return target.outcome === "partial" ? [{ label, reason: say(target.message ?? "it ended early") }] : [];
	});
	const waiting = sources.filter(({ name }) => !results.some(({ source }) => source === name));
	return [...begun, ...waiting.map(({ name }) => ({ label: name, reason: "its turn did not come" }))];
}

/** The results with messages and reasons for the workflow; figures and names are untouched. */
export function sayResults(results: readonly SourceResult[], say: Say): SourceResult[] {
	return results.map((result) => {
		if (result.outcome === "skipped") return { ...result, reason: say(result.reason) };
		const targets = result.targets.map((target) =>
			target.message === undefined ? target : { ...target, message: say(target.message) },
		);
		return { ...result, targets };
	});
}
