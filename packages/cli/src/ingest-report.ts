import {
	describeOutcome,
	type IngestionOutcome,
	type IngestionTask,
	listTargets,
	readFamily,
	runIngestion,
	type SourceResult,
	type TargetResult,
} from "@tidemark/core";
import { type IngestionCounts, LockedError, UsageError } from "@tidemark/db";
import { cleanPath, formatElapsed, formatJson, pluralize } from "@tidemark/text";
import { type Call, exitCode } from "./define-command.ts";
import { createReporter, printError, type Terminal } from "./terminal.ts";

/** Runs an ingestion and prints what came of it, as lines or with --json as it is. @returns the exit code */
export async function ingestAndReport(
	task: Omit<IngestionTask, "cancel" | "report">,
	{ terminal, interrupt: cancel }: Pick<Call, "terminal" | "interrupt">,
): Promise<number> {
	const outcome = await runIngestion({ ...task, cancel, report: createReporter(terminal) });
	if (task.given.flags.json) terminal.print(formatJson(describeOutcome(outcome, terminal.redact)));
	else printIngestion(outcome, terminal);
	if (outcome.pruneError !== undefined) printError(outcome.pruneError, terminal);
	return getExitCode(outcome, cancel.aborted);
}

function printIngestion({ results, pruned, isDryRun }: IngestionOutcome, terminal: Terminal): void {
	// A repository that cannot be read fails every source that needs it: the reason is printed once.
	const printed = new Set<unknown>();
	for (const result of results) {
		for (const target of listTargets(result)) {
			terminal.print(formatTarget(target, isDryRun, terminal));
			if (target.outcome === "failed" && !printed.has(target.error)) printError(target.error, terminal);
			printed.add(target.error);
		}
		if (result.outcome === "failed") printError(result.error, terminal);
	}
	printSkipped(results, terminal);
	const deleted = Object.entries(pruned?.deleted ?? {}).filter(([, count]) => count > 0);
	const tables = deleted.map(([table, count]) => `${pluralize(count, "row")} of ${table}`);
	if (tables.length > 0) terminal.print(`pruned  ${tables.join(", ")}`);
}

/** The name and the figures are printed as they are; why it ended early is the word of a service. */
function formatTarget(
	{ source, target, outcome, message, counts, elapsedMs, error }: TargetResult,
	isDryRun: boolean,
	{ redact }: Terminal,
): string {
	const label = `${source}  ${cleanPath(target)}`;
	if (error instanceof LockedError) return `${label}  running elsewhere: ${cleanPath(error.message)}`;
	const reason = message === undefined ? "" : `, ${cleanPath(redact(message))}`;
	const state = outcome === "done" ? "" : `${outcome}${reason}: `;
	return `${label}  ${state}${describeCounts(counts, isDryRun)} (${formatElapsed(elapsedMs)})`;
}

function describeCounts(counts: IngestionCounts, isDryRun: boolean): string {
	const rows = (count: number, words: string) => (count > 0 ? [`${pluralize(count, "row")} ${words}`] : []);
	const stored = [
		`${pluralize(counts.inserted, "row")} new`,
		...rows(counts.updated, "updated"),
		...rows(counts.unchanged, "unchanged"),
	];
	const bad = `${pluralize(counts.rejected, "bad entry", "bad entries")}${isDryRun ? "" : " kept as dead letters"}`;
	return [
		`${pluralize(counts.read, "entry", "entries")} read`,
		...(isDryRun ? ["dry run, nothing stored"] : stored),
		...rows(counts.expired, "expired: older than the retention (--retention off keeps them)"),
		...rows(counts.skipped, "older than --since"),
		...(counts.rejected > 0 ? [bad] : []),
	].join(", ");
}

function printSkipped(results: readonly SourceResult[], terminal: Terminal): void {
	const skipped = results.filter((result) => result.outcome === "skipped");
	const isAll = skipped.length === results.length && results.length > 0;
	const width = Math.max(...skipped.map(({ source }) => readFamily(source).length)) + 2;
	// The members of a family have the same reason.
	const lines = skipped.map(({ source, reason }) =>
		isAll ? `  ${readFamily(source).padEnd(width)}${reason}` : `${readFamily(source)}  skipped: ${reason}`,
	);
	if (isAll) terminal.print("Nothing is set up yet, so there was nothing to ingest. Looked for:");
	for (const line of new Set(lines)) terminal.print(line);
	if (isAll) terminal.print("Curious first? `pnpm telemetry:demo` shows everything on example data.");
}

/** In `all`, what runs elsewhere is well; asked for by name, it is not done yet. */
function getExitCode({ results, pruneError, isNamed, isUnfinished }: IngestionOutcome, isInterrupted: boolean): number {
	const targets = results.flatMap(listTargets);
	const errors = [
		...results.flatMap((result) => (result.outcome === "failed" ? [result.error] : [])),
		...targets.flatMap(({ outcome, error }) => (outcome === "failed" ? [error] : [])),
		...(pruneError === undefined ? [] : [pruneError]),
	];
	if (errors.length > 0) return errors.every((error) => error instanceof UsageError) ? exitCode.usage : exitCode.failed;
	if (isInterrupted) return exitCode.interrupted;
	const isPartial = targets.some(({ outcome }) => outcome === "partial" || (isNamed && outcome === "locked"));
	return isPartial || isUnfinished ? exitCode.unfinished : exitCode.ok;
}
