import { listTargets, type SourceResult } from "@tidemark/core";
import { explainError, readErrorCode, TelemetryError } from "@tidemark/db";
import type { ChosenSources } from "../inputs/read-inputs.ts";
import { type Failure, formatLabel, type Unfinished } from "./report.ts";

/** Rewrites a message for the workflow: one harmless line, names of inputs, no secrets. */
export type Say = (text: string) => string;

/** SQLSTATE of a missing privilege. */
const insufficientPrivilege = "42501";

export function describeFailure(failure: unknown, say: Say, label?: string): Failure {
	const error = readErrorCode(failure) === insufficientPrivilege ? failure : explainError(failure);
	const isOurs = error instanceof Error && !(error instanceof TelemetryError);
	const stack = isOurs ? error.stack?.split("\n").map(say).join("\n") : undefined;
	return { label, words: describeError(error).map(say), stack };
}

function describeError(error: unknown): string[] {
	if (error instanceof TelemetryError) {
		const { message, why, fix } = error;
		return [message, ...(why === undefined ? [] : [`Why: ${why}`]), `Fix: ${fix}`];
	}
	const message = error instanceof Error ? error.message : String(error);
	if (readErrorCode(error) !== insufficientPrivilege) return [message];
	return [
		`The database refuses: ${message}.`,
		"Fix: Let the role of database-url write: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO <role>.",
	];
}

/** What failed. A repository that cannot be read fails every source that wants it: the reason appears once. */
export function listFailures(results: readonly SourceResult[], say: Say): Failure[] {
	const all = results.flatMap((result) => [
		...listTargets(result)
			.filter(({ outcome }) => outcome === "failed")
			.map((target) => ({ label: formatLabel(target), error: target.error })),
		...(result.outcome === "failed" ? [{ label: result.source, error: result.error }] : []),
	]);
	return all
		.filter(({ error }, index) => all.findIndex((other) => other.error === error) === index)
		.map(({ label, error }) => describeFailure(error, say, label));
}

/** What did not come to its end or did not begin. With all sources, another process may be ingesting one: that is fine. */
export function listUnfinished(results: readonly SourceResult[], chosen: ChosenSources): Unfinished[] {
	const begun = results.flatMap(listTargets).flatMap((target): Unfinished[] => {
		const label = formatLabel(target);
		if (target.outcome === "cancelled") return [{ label, reason: "cancelled" }];
		if (target.outcome === "locked" && chosen.isNamed) return [{ label, reason: "another process is ingesting it" }];
		return target.outcome === "partial" ? [{ label, reason: target.message ?? "it ended early" }] : [];
	});
	const waiting = chosen.sources.filter(({ name }) => !results.some(({ source }) => source === name));
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
