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
import { type Context, EndedEarly } from "./context.ts";
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
	/** How far back a first run reaches where nobody says since when; null is as far as the retention. */
	readonly reach: string | null;
	readonly shape: string;
	readonly plan: Plan;
}

type Ending = Pick<TargetResult, "message"> & { readonly outcome: Outcome };

/** Below so many entries a share of bad ones says nothing. */
const judgedFrom = 20;

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
		return result(await withLease(plan.db, name, (lease) => recorded(task, lease, counts)));
	} catch (error) {
		return result({ outcome: error instanceof LockedError ? "locked" : "failed" }, error);
	}
}

/** Notes beginning and end in the table of ingestions. */
async function recorded<Config, Cursor, Entry>(
	task: TargetTask<Config, Cursor, Entry>,
	lease: Lease,
	counts: IngestionCounts,
): Promise<Ending> {
	const { source, target, plan } = task;
	const id = await retrying(() => beginIngestion(plan.db, source.name, target.name));
	try {
		const ending = await readPages(task, lease, counts);
		await retrying(() => endIngestion(plan.db, id, { ...ending, counts }));
		return ending;
	} catch (error) {
		// The reason itself matters more than a database that cannot note it.
		await endIngestion(plan.db, id, { outcome: "failed", message: reasonOf(error), counts }).catch(() => undefined);
		throw error;
	}
}

async function readPages<Config, Cursor, Entry>(
	{ source, target, context, reach, shape, plan }: TargetTask<Config, Cursor, Entry>,
	lease: Lease | undefined,
	counts: IngestionCounts,
): Promise<Ending> {
	const label = `${source.name} ${target.name}`;
	const stored = await retrying(() => readCheckpoint(plan.db, source.name, target.name));
	const { from, floor, reshaping } = startingPoint(stored, {
		cursor: source.cursor,
		floor: context.floor,
		reach,
		cut: plan.cut,
		shape,
		report: plan.report,
		label,
	});
	const started = performance.now();
	const warnings = new BadEntryWarnings(plan);
	const place = { source: source.name, target: target.name };
	const keepsTimes = source.keepsTimes ?? false;
	let endedEarly: string | undefined;
	const writer = new PageWriter({ place, lease, floor, shape, reshaping, keepsTimes, plan, counts, warnings });
	try {
		for await (const page of source.read(target, from, { ...context, floor })) {
			const { parsed, refused } = await parseItems(source, target.name, page.items);
			counts.read += page.items.length;
			await writer.write({ parsed, refused, cursor: page.cursor });
			plan.report.progress({ ...place, read: counts.read, elapsedMs: performance.now() - started });
			if (plan.signal.aborted) break;
		}
	} catch (error) {
		if (error instanceof EndedEarly) endedEarly = error.message;
		// A source that waits is told to stop by the signal; that is no failure of its own.
		else if (!plan.signal.aborted) {
			await writer.settle().catch(() => undefined);
			throw error;
		}
	}
	await writer.settle();
	warnings.summarise(label);
	if (plan.isCancelled()) return { outcome: "cancelled" };
	if (plan.signal.aborted) endedEarly ??= "the time for this run is used up";
	if (endedEarly !== undefined) return { outcome: "partial", message: endedEarly };
	await writer.finish();
	judge(label, counts, plan);
	return { outcome: "done" };
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
