import { type IngestionOutcome, type SourceResult, type TargetResult, totalCounts } from "@tidemark/core";
import { type IngestionCounts, LockedError, TelemetryError, UsageError } from "@tidemark/db";
import { exitCode } from "./command.ts";
import { families } from "./families.ts";
import { formatElapsed, plural } from "./format.ts";
import { printError } from "./print-error.ts";
import type { Terminal } from "./terminal.ts";

/** What a person reads after an ingestion. */
export function printIngestion({ results, pruned, isDryRun }: IngestionOutcome, terminal: Terminal): void {
	// A repository that cannot be read fails every source that wants it: the reason is told once.
	const told = new Set<unknown>();
	for (const result of results) {
		if (result.outcome === "skipped") continue;
		for (const target of result.targets) {
			terminal.print(targetLine(target, isDryRun));
			if (target.outcome === "failed" && !told.has(target.error)) printError(target.error, terminal);
			told.add(target.error);
		}
		if (result.outcome === "failed") printError(result.error, terminal);
	}
	printSkipped(results, terminal);
	const deleted = Object.entries(pruned?.deleted ?? {}).filter(([, count]) => count > 0);
	if (deleted.length > 0) {
		terminal.print(`pruned  ${deleted.map(([table, count]) => `${plural(count, "row")} of ${table}`).join(", ")}`);
	}
}

function targetLine(
	{ source, target, outcome, message, counts, elapsedMs, error }: TargetResult,
	isDryRun: boolean,
): string {
	const label = `${source}  ${target}`;
	if (outcome === "locked") return `${label}  running elsewhere: ${error instanceof LockedError ? error.message : ""}`;
	const state = outcome === "done" ? "" : `${[outcome, message].filter(Boolean).join(", ")}: `;
	const words = isDryRun ? ["dry run, nothing stored"] : storedWords(counts);
	return `${label}  ${state}${[`${plural(counts.read, "entry", "entries")} read`, ...words, ...leftOutWords(counts, isDryRun)].join(", ")} (${formatElapsed(elapsedMs)})`;
}

function storedWords({ inserted, updated, unchanged }: IngestionCounts): string[] {
	return [
		`${plural(inserted, "row")} new`,
		...(updated > 0 ? [`${plural(updated, "row")} updated`] : []),
		...(unchanged > 0 ? [`${plural(unchanged, "row")} unchanged`] : []),
	];
}

function leftOutWords({ expired, skipped, rejected }: IngestionCounts, isDryRun: boolean): string[] {
	return [
		...(expired > 0
			? [`${plural(expired, "row")} expired: older than the retention (--retention off keeps them)`]
			: []),
		...(skipped > 0 ? [`${plural(skipped, "row")} older than --since`] : []),
		...(rejected > 0
			? [`${plural(rejected, "bad entry", "bad entries")}${isDryRun ? "" : " kept as dead letters"}`]
			: []),
	];
}

function printSkipped(results: readonly SourceResult[], terminal: Terminal): void {
	const skipped = results.filter((result) => result.outcome === "skipped");
	if (skipped.length === 0) return;
	// The members of a family have the same reason.
	const lines = families(skipped, ({ source }) => source).flatMap(([family, members]) =>
		[...new Set(members.map(({ reason }) => reason))].map((reason) => ({ family, reason })),
	);
	if (skipped.length < results.length) {
		for (const { family, reason } of lines) terminal.print(`${family}  skipped: ${reason}`);
		return;
	}
	const width = Math.max(...lines.map(({ family }) => family.length)) + 2;
	terminal.print("Nothing is set up yet, so there was nothing to ingest. Looked for:");
	for (const { family, reason } of lines) terminal.print(`  ${family.padEnd(width)}${reason}`);
	terminal.print("Curious first? `pnpm telemetry:demo` shows everything on example data.");
}

/** In `all`, what runs elsewhere is well; asked for by name, it is not done yet. */
export function exitCodeOf({ results, isNamed, isUnfinished }: IngestionOutcome, isInterrupted: boolean): number {
	const targets = results.flatMap((result) => (result.outcome === "skipped" ? [] : result.targets));
	const errors = [
		...results.flatMap((result) => (result.outcome === "failed" ? [result.error] : [])),
		...targets.flatMap(({ outcome, error }) => (outcome === "failed" ? [error] : [])),
	];
	if (errors.length > 0) return errors.every((error) => error instanceof UsageError) ? exitCode.usage : exitCode.failed;
	if (isInterrupted) return exitCode.interrupted;
	const isPartial = targets.some(({ outcome }) => outcome === "partial" || (isNamed && outcome === "locked"));
	return isPartial || isUnfinished ? exitCode.unfinished : exitCode.ok;
}

/** The same as raw figures. */
export function ingestionJson({ results, pruned, isDryRun }: IngestionOutcome): string {
	return JSON.stringify(
		{ dryRun: isDryRun, total: totalCounts(results), sources: results, pruned },
		(key, value) => (key === "error" ? errorJson(value) : value),
		2,
	);
}

function errorJson(error: unknown) {
	if (!(error instanceof TelemetryError)) return { message: error instanceof Error ? error.message : String(error) };
	return { message: error.message, why: error.why, fix: error.fix };
}
