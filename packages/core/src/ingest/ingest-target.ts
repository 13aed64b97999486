import {
	acquireLease,
	beginIngestion,
	type Database,
	endIngestion,
	fence,
	type IngestionCounts,
	type Lease,
	LockedError,
	type Outcome,
	readCheckpoint,
	releaseLease,
	renewalSeconds,
	TelemetryError,
} from "@tidemark/db";
import { type Context, EndedEarly, type Source, type Target } from "../source.ts";
import { findStart } from "./find-start.ts";
import { PageWriter } from "./page-writer.ts";
import { describeReason } from "./parse-items.ts";
import type { Plan } from "./plan.ts";
import { retryDatabase } from "./retry-database.ts";

/** What became of one target. */
export interface TargetResult {
	readonly source: string;
	readonly target: string;
	readonly outcome: Outcome | "locked";
	/** Why it ended early. */
	readonly message?: string;
	readonly counts: IngestionCounts;
	readonly elapsedMs: number;
	/** Why it failed or is locked. */
	readonly error?: unknown;
}

export interface TargetTask<Config, Cursor, Entry> {
	readonly source: Source<Config, Cursor, Entry>;
	readonly target: Target;
	readonly context: Context<Config>;
	/** How far back a first run reaches without --since; null is as far as the retention. */
	readonly reach: string | null;
	readonly shape: string;
	readonly plan: Plan;
}

type Ending = Pick<TargetResult, "message"> & { readonly outcome: Outcome };

/** A share of bad ones among fewer entries says nothing. */
const minJudged = 20;

/** Reads a target from its checkpoint to its end and stores what it holds; never throws for what the target holds or does. */
export async function ingestTarget<Config, Cursor, Entry>(
	task: TargetTask<Config, Cursor, Entry>,
): Promise<TargetResult> {
	const { source, target, plan } = task;
	const started = performance.now();
	const counts = { read: 0, inserted: 0, updated: 0, unchanged: 0, expired: 0, skipped: 0, rejected: 0 };
	const result = (ending: Pick<TargetResult, "outcome" | "message">, error?: unknown): TargetResult => ({
		source: source.name,
		target: target.name,
		...ending,
		counts,
		elapsedMs: performance.now() - started,
		...(error === undefined ? {} : { error }),
	});
	if (plan.dryRun) {
		return readPages(task, undefined, counts).then(result, (error) => result({ outcome: "failed" }, error));
	}
	try {
		const name = `${source.name} ${target.name}`;
		return result(await withLease(plan.db, name, (lease) => recordIngestion(task, lease, counts)));
	} catch (error) {
		return result({ outcome: error instanceof LockedError ? "locked" : "failed" }, error);
	}
}

/**
 * Holds the lease of that name while `work` runs, and gives signs of life while it waits for the outside world.
 * @throws LockedError while another holds it
 */
async function withLease<Result>(db: Database, name: string, work: (lease: Lease) => Promise<Result>): Promise<Result> {
	const lease = await acquireLease(db, name);
	// Each page proves that the lease is still ours; here a failure is of no consequence.
	const heartbeat = setInterval(() => fence(db, lease).catch(() => undefined), renewalSeconds * 1000);
	heartbeat.unref();
	try {
		return await work(lease);
	} finally {
		clearInterval(heartbeat);
		await releaseLease(db, lease).catch(() => undefined);
	}
}

/** Notes beginning and end in the table of ingestions. */
async function recordIngestion<Config, Cursor, Entry>(
	task: TargetTask<Config, Cursor, Entry>,
	lease: Lease,
	counts: IngestionCounts,
): Promise<Ending> {
	const { source, target, plan } = task;
	const note = { source: source.name, target: target.name };
	const id = await retryDatabase(() => beginIngestion(plan.db, { ...note, now: plan.clock.now() }));
	try {
		const ending = await readPages(task, lease, counts);
		await retryDatabase(() => endIngestion(plan.db, id, { ...ending, counts, now: plan.clock.now() }));
		return ending;
	} catch (error) {
		const ending = { outcome: "failed" as const, message: describeReason(error), counts, now: plan.clock.now() };
		// The reason itself matters more than a database that cannot note it.
		await endIngestion(plan.db, id, ending).catch(() => undefined);
		throw error;
	}
}

async function readPages<Config, Cursor, Entry>(
	{ source, target, context, reach, shape, plan }: TargetTask<Config, Cursor, Entry>,
	lease: Lease | undefined,
	counts: IngestionCounts,
): Promise<Ending> {
	const label = `${source.name} ${target.name}`;
	const stored = await retryDatabase(() => readCheckpoint(plan.db, source.name, target.name));
	const { from, floor, reshaping } = findStart(stored, {
		cursor: source.cursor,
		floor: context.floor,
		reach,
		cut: plan.cut,
		shape,
		report: plan.report,
		label,
	});
	const started = performance.now();
	let endedEarly: string | undefined;
	let read = 0;
	const writer = new PageWriter({ kind: source, target: target.name, lease, floor, shape, reshaping, plan, counts });
	try {
		for await (const page of source.read(target, from, { ...context, floor })) {
			read += page.items.length;
			await writer.write(page);
			const elapsedMs = performance.now() - started;
			plan.report.progress({ source: source.name, target: target.name, read, elapsedMs });
			if (plan.signal.aborted) break;
		}
	} catch (error) {
		if (error instanceof EndedEarly) endedEarly = error.message;
		// The signal ends a source that waits; that is no failure of its own.
		else if (!plan.signal.aborted) {
			await writer.settle().catch(() => undefined);
			throw error;
		}
	}
	await writer.settle();
	writer.sumUpWarnings();
	if (plan.isCancelled()) return { outcome: "cancelled" };
	if (plan.signal.aborted) endedEarly ??= "the time for this run is used up";
	if (endedEarly !== undefined) return { outcome: "partial", message: endedEarly };
	await writer.finish();
	judgeBadEntries(label, counts, plan);
	return { outcome: "done" };
}

/** @throws TelemetryError if more entries were bad than --max-bad allows */
function judgeBadEntries(label: string, { read, rejected }: IngestionCounts, { maxBad, dryRun }: Plan): void {
	if (maxBad === null || read < minJudged || rejected / read <= maxBad) return;
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
