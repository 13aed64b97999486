import { readWindows, TooMuch } from "@tidemark/core";
import { perPage } from "../api/client.ts";
import { readField } from "../shapes.ts";
import type { AskRuns, RunsPage } from "./list-page.ts";

/** What was listed of a window of time: everything from `reached` on. */
export interface ListedWindow {
	readonly runs: readonly unknown[];
	readonly reached: string;
}

interface ListOptions {
	readonly ask: AskRuns;
	/** Null is the beginning of time. */
	readonly from: string | null;
	readonly to: string;
	warn(text: string): void;
}

const beginning = "2015-01-01T00:00:00Z";
/** The search index returns no more rows of one window. */
const maxRows = 1000;
/** It also may return less than it has: a window is asked for this often before it is taken as it is. */
const maxTries = 3;
const secondMs = 1000;

/** Lists runs by windows of time, newest first, from where the plain list ends. */
export function listWindows({ ask, from, to, warn }: ListOptions): AsyncIterable<ListedWindow> {
	const span = { from: floorToSecond(from ?? beginning), to: floorToSecond(to) + secondMs };
	const options = { ...span, minMs: secondMs, isNewestFirst: true };
	return readWindows(options, async function* (window, canBeHalved): AsyncGenerator<ListedWindow, number> {
		const reached = formatSecond(window.from);
		const text = `${reached}..${formatSecond(window.to - secondMs)}`;
		let first = await ask(1, text);
		// An empty answer of the index proves nothing.
		if (first.total === 0) first = await ask(1, text);
		if (first.total >= maxRows && canBeHalved) throw new TooMuch((first.total + 1) / maxRows);
		const { runs, isWhole } = await listWhole((page) => ask(page, text), first);
		if (!isWhole)
			warn(`GitHub lists only ${runs.length} of the runs created from ${reached} on; they will be asked for again`);
		yield { runs, reached };
		return first.total / maxRows;
	});
}

/** All pages of a window, again while some rows are missing. Whole unless GitHub holds back some of it. */
async function listWhole(ask: AskRuns, first: RunsPage): Promise<{ runs: readonly unknown[]; isWhole: boolean }> {
	const runs = new Map<unknown, unknown>();
	let page = first;
	for (let tries = 1; ; tries++) {
		for (let number = 1; ; number++) {
			if (number > 1 || tries > 1) page = await ask(number);
			for (const run of page.rows) runs.set(readField(run, "id") ?? run, run);
			if (page.rows.length < perPage || number * perPage >= Math.min(page.total, maxRows)) break;
		}
		const isWhole = runs.size >= page.total && page.total < maxRows;
		if (isWhole || page.total >= maxRows || tries === maxTries) return { runs: [...runs.values()], isWhole };
	}
}

function floorToSecond(time: string): number {
	return Math.floor(Date.parse(time) / secondMs) * secondMs;
}

function formatSecond(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
