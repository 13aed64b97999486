/** A span of time that is read at once; milliseconds since 1970. */
export interface Window {
	readonly from: number;
	readonly to: number;
}

/** The window holds more than the proxy answers well: smaller ones have to be read. What was handed over is good. */
export class TooManyRows extends Error {
	override readonly name = "TooManyRows";
}

/** One of the two ways in which a proxy tells of its spend logs. */
export interface SpendLogs {
	/** Smaller windows make no difference; in milliseconds. */
	readonly smallestMs: number;
	/**
	 * The rows of a window in pages, with where they stood.
	 * @throws TooManyRows where the window is larger than the smallest and holds too much
	 */
	pages(window: Window): AsyncIterable<RowPage>;
}

export interface RowPage {
	readonly at: string;
	readonly rows: readonly unknown[];
	/** The proxy left rows out. */
	readonly isCut?: boolean;
}

export const dayMs = 24 * 60 * 60 * 1000;

/** From this many rows on a proxy caps its totals, or cuts its answer. */
export const cappedRows = 10_000;
