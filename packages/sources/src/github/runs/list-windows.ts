import { readWindows, TooMuch } from "@tidemark/core";
import { perPage } from "../api/client.ts";
import type { RunsPage } from "./list-page.ts";

/** What was listed of a window of time. */
export interface ListedWindow {
	readonly runs: readonly unknown[];
	/** Its beginning: everything since then has been listed. */
	readonly from: string;
	/** False if GitHub holds back some of it. */
	readonly isWhole: boolean;
}

interface ListOptions {
	/** @param window `from..to`, both inclusive, to the second */
	ask(window: string, page: number): Promise<RunsPage>;
	readonly from: string;
	readonly to: string;
}

/** The search index returns no more rows of one window. */
const maxRows = 1000;
/** It also may return less than it has: a window is asked for this often before it is taken as it is. */
const maxTries = 3;
const secondMs = 1000;

/** Lists runs by windows of time, newest first, from where the plain list ends. */
export function listWindows({ ask, from, to }: ListOptions): AsyncIterable<ListedWindow> {
	const span = { from: floorToSecond(from), to: floorToSecond(to) + secondMs };
	const options = { ...span, minMs: secondMs, isNewestFirst: true };
	return readWindows(options, async function* (window, canBeHalved): AsyncGenerator<ListedWindow, number> {
		const since = formatSecond(window.from);
		const text = `${since}..${formatSecond(window.to - secondMs)}`;
		let first = await ask(text, 1);
		// An empty answer of the index proves nothing.
		if (first.total === 0) first = await ask(text, 1);
		if (first.total >= maxRows && canBeHalved) throw new TooMuch((first.total + 1) / maxRows);
		yield { ...(await listWhole((page) => ask(text, page), first)), from: since };
		return first.total / maxRows;
	});
}

/** All pages of a window, again while some rows are missing. */
async function listWhole(
	ask: (page: number) => Promise<RunsPage>,
	first: RunsPage,
): Promise<Pick<ListedWindow, "runs" | "isWhole">> {
	const runs = new Map<unknown, unknown>();
	let page = first;
	for (let tries = 1; ; tries++) {
		for (let number = 1; ; number++) {
			if (number > 1 || tries > 1) page = await ask(number);
			for (const run of page.rows) runs.set(readId(run), run);
			if (page.rows.length < perPage || number * perPage >= Math.min(page.total, maxRows)) break;
		}
		const isWhole = runs.size >= page.total && page.total < maxRows;
		if (isWhole || page.total >= maxRows || tries === maxTries) return { runs: [...runs.values()], isWhole };
	}
}

function readId(run: unknown): unknown {
	return typeof run === "object" && run !== null && "id" in run ? run.id : run;
}

function floorToSecond(time: string): number {
	return Math.floor(Date.parse(time) / secondMs) * secondMs;
}

function formatSecond(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
