import { before, momentOf } from "../moments.ts";
import { scan } from "../scan.ts";
import type { OpenListing, RunsCursor } from "./cursor.ts";
import { isEndOfList, type RunsPage } from "./list-page.ts";
import { listWindows } from "./list-windows.ts";

/** Listed runs, and the cursor that is true once they are stored. */
export interface ListedRuns {
	readonly runs: readonly unknown[];
	readonly cursor: RunsCursor;
}

export interface ListingOptions {
	/** @param window `from..to`, where it is not the plain list that is asked for */
	ask(page: number, window?: string): Promise<RunsPage>;
	/** Nothing older is wanted; null wants everything. */
	readonly floor: string | null;
	/** By GitHub's clock, milliseconds. */
	readonly now: number;
	warn(text: string): void;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A list may show a run a moment after a younger one. */
const overlapMs = hourMs;
/** A run can be re-run for 30 days. */
const sweepMs = 31 * dayMs;
/** Once a day, though a run of ours may be early. */
const sweepEveryMs = dayMs - hourMs;
const maxRechecks = 5;
const beginning = "2015-01-01T00:00:00Z";

/**
 * Goes through GitHub's runs as far as something may have changed: down to the newest one of the last time, once a day
 * through the last 31 days for late re-runs, and through what was left over when requests were used up.
 *
 * @returns the cursor that is true when everything is stored
 */
export async function* readListing(
	from: RunsCursor,
	options: ListingOptions,
): AsyncGenerator<ListedRuns, RunsCursor, undefined> {
	const { downTo, sweepBegan } = depthOf(from, options);
	const { open: _, ...closed } = from;
	let top = from.open?.top ?? from.newest;
	let beyond = from.open?.windows;
	for await (const { runs, newest, reached, listed } of pages(from.open, downTo, options)) {
		top = later(top, newest);
		if (listed === null) beyond = { to: beyond?.to ?? newest, rows: (beyond?.rows ?? 0) + runs.length };
		const open = { top, reached, listed, downTo, ...(beyond && { windows: beyond }), sweepBegan };
		yield { runs, cursor: { ...closed, open } };
	}
	const finished: RunsCursor = {
		...closed,
		...(top === undefined ? {} : { newest: top }),
		...(sweepBegan === null ? {} : { sweptAt: sweepBegan }),
	};
	if (beyond) return { ...finished, recheck: { from: downTo, ...beyond, times: 0 } };
	return yield* checkAgain(finished, options);
}

function depthOf({ newest, sweptAt, open }: RunsCursor, { floor, now }: ListingOptions) {
	const began = momentOf(now);
	const notBelowFloor = (time: string | null) => (floor === null || (time !== null && time > floor) ? time : floor);
	if (open) return { downTo: notBelowFloor(open.downTo), sweepBegan: open.sweepBegan };
	if (newest === undefined || sweptAt === undefined) return { downTo: floor, sweepBegan: began };
	const head = before(newest, overlapMs);
	if (now - Date.parse(sweptAt) < sweepEveryMs) return { downTo: notBelowFloor(head), sweepBegan: null };
	// What was re-run since the last sweep was created at most so long before it.
	const [deepest = head] = [before(sweptAt, sweepMs), head].sort();
	return { downTo: notBelowFloor(deepest), sweepBegan: began };
}

interface Stretch {
	readonly runs: readonly unknown[];
	readonly newest: string;
	readonly reached: string;
	readonly listed: number | null;
}

/** The plain list down to its end, and windows of time beyond it. */
async function* pages(
	open: OpenListing | undefined,
	downTo: string | null,
	{ ask, warn }: ListingOptions,
): AsyncIterable<Stretch> {
	const resumesIn = open && (open.listed === null ? "windows" : "list");
	const head = open && before(open.top, overlapMs);
	const skip = open?.listed && head ? { top: open.top, from: head, to: open.reached, rows: open.listed } : undefined;
	let end = open?.reached;
	try {
		for await (const page of scan({ ask, downTo: resumesIn === "windows" ? (head ?? downTo) : downTo, skip })) {
			if (resumesIn !== "windows") end = page.reached;
			const { rows: runs, ...place } = page;
			yield { runs, ...place };
		}
		if (resumesIn !== "windows") return;
	} catch (error) {
		if (!isEndOfList(error) || end === undefined) throw error;
	}
	yield* windows(downTo, end ?? beginning, { ask, warn });
}

async function* windows(
	from: string | null,
	to: string,
	{ ask, warn }: Pick<ListingOptions, "ask" | "warn">,
): AsyncIterable<Stretch> {
	for await (const window of listWindows({ ask: (text, page) => ask(page, text), from: from ?? beginning, to })) {
		const { runs, from: reached, isWhole } = window;
		if (!isWhole)
			warn(`GitHub lists only ${runs.length} of the runs created from ${reached} on; they will be asked for again`);
		yield { runs, newest: to, reached, listed: null };
	}
}

/** The search index may have lagged: until it answers the same twice, it is asked again the next time. */
async function* checkAgain(
	cursor: RunsCursor,
	options: ListingOptions,
): AsyncGenerator<ListedRuns, RunsCursor, undefined> {
	const { recheck, ...settled } = cursor;
	if (!recheck) return cursor;
	const { again, ...wanted } = recheck;
	let rows = again?.rows ?? 0;
	for await (const { runs, reached } of windows(wanted.from, again?.reached ?? wanted.to, options)) {
		rows += runs.length;
		yield { runs, cursor: { ...settled, recheck: { ...wanted, again: { reached, rows } } } };
	}
	const times = wanted.times + 1;
	const isSettled = rows === wanted.rows || times >= maxRechecks;
	return isSettled ? settled : { ...settled, recheck: { ...wanted, rows, times } };
}

function later(left: string | undefined, right: string): string {
	return left === undefined || Date.parse(right) > Date.parse(left) ? right : left;
}
