import { formatInstant } from "@tidemark/core";
import { z } from "zod";
import { GithubError } from "../api/failures.ts";
import { scan } from "../scan.ts";
import { subtractMs } from "../shapes.ts";
import type { AskRuns } from "./list-page.ts";
import { type ListedWindow, listWindows } from "./list-windows.ts";

/** A listing that was not finished: everything from `top` to `reached` was listed, not yet what follows down to `downTo`. */
const openListing = z.object({
	/** When the newest run of it was created. */
	top: z.string(),
	reached: z.string(),
	/** Rows listed so far: where in GitHub's list to go on. Null beyond its end, where windows of time are listed. */
	listed: z.number().nullable(),
	/** Null is the beginning of time. */
	downTo: z.string().nullable(),
	/** Those windows so far: from when on they reach back, and their rows. */
	windows: z.object({ to: z.string(), rows: z.number() }).optional(),
	/** When it began, by GitHub's clock, if it makes a sweep. */
	sweepBegan: z.string().nullable(),
});

/** Windows that only the search index answered, which may lag: to be listed once more. */
const recheck = z.object({
	from: z.string().nullable(),
	to: z.string(),
	rows: z.number(),
	times: z.number(),
	/** How far listing them once more has come. */
	again: z.object({ reached: z.string(), rows: z.number() }).optional(),
});

export const runsCursor = z.object({
	/** When the newest run of the last finished listing was created. */
	newest: z.string().optional(),
	/** When the last finished sweep began. */
	sweptAt: z.string().optional(),
	open: openListing.optional(),
	recheck: recheck.optional(),
});

export type RunsCursor = z.infer<typeof runsCursor>;
type OpenListing = z.infer<typeof openListing>;

/** Listed runs, and the cursor that is true once they are stored. */
type ListedRuns = { readonly runs: readonly unknown[]; readonly cursor: RunsCursor };

interface ListingOptions {
	readonly ask: AskRuns;
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

/**
 * Goes through GitHub's runs as far as something may have changed: down to the newest one of the last time, once a day
 * through the last 31 days for late re-runs, and through what was left over when requests were used up.
 *
 * @returns the cursor that is true when everything is stored
 */
export async function* listRuns(
	from: RunsCursor,
	options: ListingOptions,
): AsyncGenerator<ListedRuns, RunsCursor, undefined> {
	const { downTo, sweepBegan } = findDepth(from, options);
	const { open: _, ...closed } = from;
	let top = from.open?.top ?? from.newest;
	let beyond = from.open?.windows;
	for await (const { runs, newest, reached, listed } of listStretches(from.open, downTo, options)) {
		top = top === undefined || newest > top ? newest : top;
		if (listed === null) beyond = { to: beyond?.to ?? newest, rows: (beyond?.rows ?? 0) + runs.length };
		const open = { top, reached, listed, downTo, ...(beyond && { windows: beyond }), sweepBegan };
		yield { runs, cursor: { ...closed, open } };
	}
	const finished: RunsCursor = { ...closed, newest: top, sweptAt: sweepBegan ?? closed.sweptAt };
	if (beyond) return { ...finished, recheck: { from: downTo, ...beyond, times: 0 } };
	return yield* checkAgain(finished, options);
}

function findDepth({ newest, sweptAt, open }: RunsCursor, { floor, now }: ListingOptions) {
	const began = formatInstant(now);
	const notBelowFloor = (time: string | null) => (floor === null || (time !== null && time > floor) ? time : floor);
	if (open) return { downTo: notBelowFloor(open.downTo), sweepBegan: open.sweepBegan };
	if (newest === undefined || sweptAt === undefined) return { downTo: floor, sweepBegan: began };
	const head = subtractMs(newest, overlapMs);
	if (now - Date.parse(sweptAt) < sweepEveryMs) return { downTo: notBelowFloor(head), sweepBegan: null };
	// What was re-run since the last sweep was created at most so long before it.
	const [deepest = head] = [subtractMs(sweptAt, sweepMs), head].sort();
	return { downTo: notBelowFloor(deepest), sweepBegan: began };
}

interface Stretch extends ListedWindow {
	readonly newest: string;
	readonly listed: number | null;
}

/** The plain list down to its end, and windows of time beyond it. */
async function* listStretches(
	open: OpenListing | undefined,
	downTo: string | null,
	options: ListingOptions,
): AsyncIterable<Stretch> {
	const resumesBeyond = open?.listed === null;
	const head = open && subtractMs(open.top, overlapMs);
	const skip = open?.listed && head ? { top: open.top, from: head, to: open.reached, rows: open.listed } : undefined;
	let end = open?.reached;
	try {
		for await (const page of scan({ ask: options.ask, downTo: (resumesBeyond && head) || downTo, skip })) {
			if (!resumesBeyond) end = page.reached;
			const { rows: runs, ...place } = page;
			yield { runs, ...place };
		}
		if (!resumesBeyond) return;
	} catch (error) {
		// Beyond 40,000 rows GitHub refuses to turn the page.
		if (!(error instanceof GithubError && error.status === 422) || end === undefined) throw error;
	}
	if (end === undefined) return;
	for await (const window of listWindows({ ...options, from: downTo, to: end })) {
		yield { ...window, newest: end, listed: null };
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
	const { from, to } = wanted;
	for await (const { runs, reached } of listWindows({ ...options, from, to: again?.reached ?? to })) {
		rows += runs.length;
		yield { runs, cursor: { ...settled, recheck: { ...wanted, again: { reached, rows } } } };
	}
	const times = wanted.times + 1;
	const isSettled = rows === wanted.rows || times >= maxRechecks;
	return isSettled ? settled : { ...settled, recheck: { ...wanted, rows, times } };
}
