import { perPage } from "./api/client.ts";
import { maybeInstant, readField } from "./shapes.ts";

/** A page of a list that GitHub sorts by time, newest first. */
export interface ListPage {
	readonly rows: readonly unknown[];
	/** The times it is sorted by, the newest first. */
	readonly times: readonly string[];
	/** How many rows the list has in all, as far as GitHub says it. */
	readonly total: number | null;
}

/** A page, and how far the list has been gone through. */
export interface Scanned {
	readonly rows: readonly unknown[];
	readonly newest: string;
	readonly reached: string;
	/** Rows of the list up to the end of this page. */
	readonly listed: number;
}

/** A stretch of the list that an earlier scan went through; `rows` were listed at its end. */
export interface Skip {
	/** The newest row at that time: what is newer has arrived since. */
	readonly top: string;
	readonly from: string;
	readonly to: string;
	readonly rows: number;
}

interface Scan {
	ask(page: number): Promise<ListPage>;
	/** Nothing older is wanted; null wants everything. */
	readonly downTo: string | null;
	readonly skip?: Skip | undefined;
}

/**
 * Goes through a list while it changes. What arrives pushes others down, so that some come twice. What is deleted
 * pulls others up, over the edge of a page that was read already: if the total has shrunk, the pages before are read
 * again.
 */
export async function* scan({ ask, downTo, skip }: Scan): AsyncIterable<Scanned> {
	let page = 1;
	let total = 0;
	let isLanding = false;
	let left = skip;
	let arrived = 0;
	for (;;) {
		const { rows, times, total: now } = await ask(page);
		const [newest] = times;
		const reached = times.at(-1);
		// After a jump: not so far that something between would be missed.
		if (isLanding && (newest === undefined || newest <= (skip?.to ?? ""))) {
			page--;
			isLanding = page > 1;
			continue;
		}
		isLanding = false;
		const vanished = total - (now ?? 0);
		total = now ?? 0;
		if (vanished > 0 && page > 1) {
			page = Math.max(1, page - Math.ceil(vanished / perPage));
			continue;
		}
		if (newest === undefined || reached === undefined) return;
		yield { rows, newest, reached, listed: page * perPage };
		const isEnd = rows.length < perPage || (now !== null && page * perPage >= now);
		if (isEnd || (downTo !== null && reached < downTo)) return;
		page++;
		if (!left) continue;
		const { top } = left;
		arrived += times.filter((time) => time > top).length;
		if (reached >= left.from) continue;
		// There the last of the rows that were listed stands now, if none was deleted since.
		const landing = Math.ceil((left.rows + arrived) / perPage);
		isLanding = landing > page;
		page = Math.max(page, landing);
		left = undefined;
	}
}

/** The times of rows by one of their fields, the newest first; what is no time, or lies ahead, would lead astray. */
export function readTimes(rows: readonly unknown[], field: string): string[] {
	const times = rows.map((row) => readField(row, field)).filter((time) => typeof time === "string");
	return times
		.filter((time) => maybeInstant.parse(time) !== null)
		.sort()
		.reverse();
}
