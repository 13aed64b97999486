import {
	beginIngestion,
	endIngestion,
	type IngestionCounts,
	type Lease,
	LockedError,
	type Outcome,
	readCheckpoint,
	TelemetryError,
} from "@tidemark/db";
import { BadEntryWarnings } from "./bad-entry-warnings.ts";
import type { Context } from "./context.ts";
import { PageWriter } from "./page-writer.ts";
import { parseItems, reasonOf } from "./parse-items.ts";
import type { Plan } from "./plan.ts";
import { retrying } from "./retry.ts";
import type { Source, Target } from "./source.ts";
import { startingPoint } from "./starting-point.ts";
import { withLease } from "./with-lease.ts";

/** What became of one target. */
export interface TargetResult {
	readonly source: string;
	readonly target: string;
	readonly outcome: Outcome | "locked";
	readonly counts: IngestionCounts;
	readonly elapsedMs: number;
	/** Why it failed or is locked. */
	readonly error?: unknown;
}

export interface TargetTask<Config, Cursor, Entry> {
	readonly source: Source<Config, Cursor, Entry>;
	readonly target: Target;
	readonly context: Context<Config>;
	readonly shape: string;
	readonly plan: Plan;
}

/** Below so many entries a share of bad ones says nothing. */
const judgedFrom = 20;

/** Reads a target from its checkpoint to its end and stores what it holds; never throws for what the target holds or does. */
export async function ingestTarget<Config, Cursor, Entry>(
	task: TargetTask<Config, Cursor, Entry>,
): Promise<TargetResult> {
	const { source, target, plan } = task;
	const started = performance.now();
	const counts = { read: 0, inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, rejected: 0 };
	const result = (outcome: TargetResult["outcome"], error?: unknown): TargetResult => ({
		source: source.name,
		target: target.name,
		outcome,
		counts,
		elapsedMs: performance.now() - started,
		...(error === undefined ? {} : { error }),
	});
	if (plan.dryRun) {
		return readPages(task, undefined, counts).then(result, (error) => result("failed", error));
	}
	try {
		const outcome = await withLease(plan.db, `${source.name} ${target.name}`, (lease) => recorded(task, lease, counts));
		return result(outcome);
	} catch (error) {
		return result(error instanceof LockedError ? "locked" : "failed", error);
	}
}

/** Notes beginning and end in the table of ingestions. */
async function recorded<Config, Cursor, Entry>(
	task: TargetTask<Config, Cursor, Entry>,
	lease: Lease,
	counts: IngestionCounts,
): Promise<Outcome> {
	const { source, target, plan } = task;
	const id = await retrying(() => beginIngestion(plan.db, source.name, target.name));
	try {
		const outcome = await readPages(task, lease, counts);
		await retrying(() => endIngestion(plan.db, id, { outcome, counts }));
		return outcome;
	} catch (error) {
		// The reason itself matters more than a database that cannot note it.
		await endIngestion(plan.db, id, { outcome: "failed", message: reasonOf(error), counts }).catch(() => undefined);
		throw error;
	}
}

async function readPages<Config, Cursor, Entry>(
	{ source, target, context, shape, plan }: TargetTask<Config, Cursor, Entry>,
	lease: Lease | undefined,
	counts: IngestionCounts,
): Promise<Outcome> {
	const label = `${source.name} ${target.name}`;
	const stored = await retrying(() => readCheckpoint(plan.db, source.name, target.name));
	const { from, floor, reshaping } = startingPoint(stored, {
		cursor: source.cursor,
		floor: plan.floor,
		cut: plan.cut,
		shape,
		report: plan.report,
		label,
	});
	const started = performance.now();
	const warnings = new BadEntryWarnings(plan);
	const place = { source: source.name, target: target.name };
	const writer = new PageWriter({ place, lease, floor, shape, reshaping, plan, counts, warnings });
	try {
		for await (const page of source.read(target, from, { ...context, floor })) {
			const { parsed, refused } = parseItems(source, target.name, page.items);
			counts.read += page.items.length;
			await writer.write({ parsed, refused, cursor: page.cursor });
			plan.report.progress({ ...place, read: counts.read, elapsedMs: performance.now() - started });
			if (plan.signal.aborted) break;
		}
	} catch (error) {
		// A source that waits is told to stop by the signal; that is no failure of its own.
		if (!plan.signal.aborted) {
			await writer.settle().catch(() => undefined);
			throw error;
		}
	}
	await writer.settle();
	warnings.summarise(label);
	if (plan.signal.aborted) return plan.isCancelled() ? "cancelled" : "partial";
	await writer.finish();
	judge(label, counts, plan);
	return "done";
}

function judge(label: string, { read, rejected }: IngestionCounts, { maxBad, dryRun }: Plan): void {
	if (maxBad === null || read < judgedFrom || rejected / read <= maxBad) return;
	const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
	throw new TelemetryError(
		`${label}: ${rejected} of ${read} entries were bad (${percent(rejected / read)}), more than ${percent(maxBad)}.`,
		{
			why: dryRun
				? "This was a dry run: nothing was stored."
				: "What was good is stored; the bad ones are kept as dead letters.",
			fix: "See `pnpm telemetry dead-letters list`, correct the file or the settings, or raise --max-bad (TELEMETRY_MAX_BAD).",
		},
	);
}
