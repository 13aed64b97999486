import { perPage } from "../scan.ts";
import type { RunsPage } from "./list.ts";

/** What was listed of a window of time; `isWhole` is false where GitHub holds back some of it. */
export interface Window {
	readonly runs: readonly unknown[];
	/** Where it begins: everything since then has been listed. */
	readonly from: string;
	readonly isWhole: boolean;
}

interface Windows {
	/** @param window `from..to`, both inclusive, to the second */
	ask(window: string, page: number): Promise<RunsPage>;
	readonly from: string;
	readonly to: string;
}

/** The search index tells no more rows of one window than this. */
const mostRows = 1000;
/** It also may answer less than it knows: so often a window is asked for before it is taken as it is. */
const mostTries = 3;

/**
 * Lists runs by windows of time, newest first, for where the plain list ends. A window that holds more than GitHub
 * tells is halved, down to a second.
 */
export async function* listWindows({ ask, from, to }: Windows): AsyncIterable<Window> {
	const [start, end] = [Date.parse(from), Date.parse(to)];
	const window = `${seconds(start)}..${seconds(end)}`;
	let first = await ask(window, 1);
	// An empty answer of the index proves nothing.
	if (first.total === 0) first = await ask(window, 1);
	if (first.total >= mostRows && end - start >= 1000) {
		const middle = start + Math.floor((end - start) / 2000) * 1000;
		yield* listWindows({ ask, from: seconds(middle + 1000), to });
		yield* listWindows({ ask, from, to: seconds(middle) });
		return;
	}
	yield await wholeWindow({ ask, from: seconds(start), window, first });
}

async function wholeWindow({
	ask,
	from,
	window,
	first,
}: Pick<Windows, "ask" | "from"> & { window: string; first: RunsPage }): Promise<Window> {
	const runs = new Map<unknown, unknown>();
	let page = first;
	for (let tries = 1; ; tries++) {
		for (let number = 1; ; number++) {
			if (number > 1 || tries > 1) page = await ask(window, number);
			for (const run of page.rows) runs.set(idOf(run), run);
			if (page.rows.length < perPage || number * perPage >= Math.min(page.total, mostRows)) break;
		}
		const isWhole = runs.size >= page.total && page.total < mostRows;
		if (isWhole || page.total >= mostRows || tries === mostTries) return { runs: [...runs.values()], from, isWhole };
	}
}

function idOf(run: unknown): unknown {
	return typeof run === "object" && run !== null && "id" in run ? run.id : run;
}

function seconds(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
