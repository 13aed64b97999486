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
import { retryDatabase } from "../open-database.ts";
import { EndedEarly } from "../source.ts";
import { addCounts } from "./counts.ts";
import { findStart, type TargetTask } from "./find-start.ts";
import { PageWriter } from "./page-writer.ts";
import { describeReason } from "./parse-items.ts";
import type { Plan } from "./plan.ts";

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

type Ending = Pick<TargetResult, "message"> & { readonly outcome: Outcome };

/** Reads a target from its checkpoint to its end and stores what it holds; never throws for what the target holds or does. */
export async function ingestTarget(task: TargetTask): Promise<TargetResult> {
	const place = { source: task.source.name, target: task.target.name };
	const began = performance.now();
	const counts = addCounts();
	const work = task.plan.dryRun
		? readPages(task, undefined, counts)
		: withLease(task.plan.db, `${place.source} ${place.target}`, (lease) => recordIngestion(task, lease, counts));
	const ending = await work.catch((error: unknown) => ({
		outcome: error instanceof LockedError ? ("locked" as const) : ("failed" as const),
		error,
	}));
	return { ...place, ...ending, counts, elapsedMs: performance.now() - began };
}

/** Holds the lease of that name while `work` runs, with signs of life. @throws LockedError while another holds it */
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
async function recordIngestion(task: TargetTask, lease: Lease, counts: IngestionCounts): Promise<Ending> {
	const { db, clock } = task.plan;
	const place = { source: task.source.name, target: task.target.name };
	const id = await retryDatabase(() => beginIngestion(db, { ...place, now: clock.now() }));
	const note = (ending: Ending) => endIngestion(db, id, { ...ending, counts, now: clock.now() });
	try {
		const ending = await readPages(task, lease, counts);
		await retryDatabase(() => note(ending));
		return ending;
	} catch (error) {
		// The reason itself matters more than a database that cannot note it.
		await note({ outcome: "failed", message: describeReason(error) }).catch(() => undefined);
		throw error;
	}
}

async function readPages(task: TargetTask, lease: Lease | undefined, counts: IngestionCounts): Promise<Ending> {
	const { source, target, context, plan } = task;
	const place = { source: source.name, target: target.name };
	const stored = await retryDatabase(() => readCheckpoint(plan.db, source.name, target.name));
	const start = findStart(stored, task);
	const began = performance.now();
	let endedEarly: string | undefined;
	let read = 0;
	const writer = new PageWriter({ ...task, ...start, lease, counts });
	try {
		for await (const page of source.read(target, start.from, { ...context, floor: start.floor })) {
			read += page.items.length;
			await writer.write(page);
			plan.report.progress({ ...place, read, elapsedMs: performance.now() - began });
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
	judgeBadEntries(`${source.name} ${target.name}`, counts, plan);
	return { outcome: "done" };
}

/** A share of bad ones among fewer entries says nothing. */
const minJudged = 20;

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
