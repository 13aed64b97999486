/** A page of a list that GitHub sorts by time, newest first. */
export interface ListPage {
	readonly rows: readonly unknown[];
	/** The times of its first and last row; null where there are none. */
	readonly newest: string | null;
	readonly oldest: string | null;
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

export const perPage = 100;

/**
 * Goes through a list while it changes. What arrives pushes others down, so that some are told twice. What is deleted
 * pulls others up, over the edge of a page that was read already: where the total has shrunk, the pages before are read
 * again.
 */
export async function* scan({ ask, downTo, skip }: Scan): AsyncIterable<Scanned> {
	let page = 1;
	let total = 0;
	let isLanding = false;
	let left = skip;
	for (;;) {
		const { rows, newest, oldest: reached, total: now } = await ask(page);
		// After a jump: not so far that something between would be missed.
		if (isLanding && (newest === null || newest <= (skip?.to ?? ""))) {
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
		if (newest === null || reached === null) return;
		yield { rows, newest, reached, listed: page * perPage };
		const isEnd = rows.length < perPage || (now !== null && page * perPage >= now);
		if (isEnd || (downTo !== null && reached < downTo)) return;
		page++;
		if (left && reached < left.from) {
			const jump = Math.floor(left.rows / perPage) - 1;
			isLanding = jump > 0;
			page += Math.max(0, jump);
			left = undefined;
		}
	}
}

/** The times of the first and the last row by one of their fields. */
export function edgesOf(rows: readonly unknown[], field: string): Pick<ListPage, "newest" | "oldest"> {
	const times = rows.flatMap((row) => {
		const time =
			typeof row === "object" && row !== null ? Object.entries(row).find(([name]) => name === field)?.[1] : null;
		return typeof time === "string" ? [time] : [];
	});
	const sorted = times.sort();
	return { newest: sorted.at(-1) ?? null, oldest: sorted[0] ?? null };
}
