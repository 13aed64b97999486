/** A span of time in milliseconds since 1970: from the first moment up to the second, without it. */
export interface Window {
	readonly from: number;
	readonly to: number;
}

interface Reading {
	/** Everything before was read; undefined the first time. An instant, as all texts here. */
	readonly upTo: string | undefined;
	/** Nothing older is wanted; null wants everything. */
	readonly floor: string | null;
	/** Nothing older exists. */
	readonly beginning: string;
	/** Milliseconds. */
	readonly now: number;
	/** Nothing younger is listed reliably. Default: 0. */
	readonly lagMs?: number;
	/** How much is read again each time, for what is listed late. */
	readonly overlapMs: number;
}

/** What is left to read of a service that lists by time. */
export function findUnread({ upTo, floor, beginning, now, lagMs = 0, overlapMs }: Reading): Window {
	const to = now - lagMs;
	const earliest = Date.parse(floor ?? beginning);
	if (upTo === undefined) return { from: earliest, to };
	// A clock that was once ahead must not end all reading.
	return { from: Math.max(earliest, Math.min(Date.parse(upTo), to) - overlapMs), to };
}

/** Thrown by the reader of a window that holds more than the service returns at once. What it has yielded is good. */
export class TooMuch extends Error {
	override readonly name = "TooMuch";
	/** How many times as much as the service returns, if it says so. */
	readonly times: number;

	constructor(times = 2) {
		super("The window holds more than the service returns at once.");
		this.times = times;
	}
}

interface WindowOptions extends Window {
	/** A window is not halved any more at this width. Widths are multiples of it. */
	readonly minMs: number;
	/** The width that is tried first; by default everything at once. */
	readonly firstMs?: number;
	readonly maxMs?: number;
	/** Begins at the end. */
	readonly isNewestFirst?: boolean;
}

/**
 * Reads a span in windows. One that holds too much is halved, as often as `TooMuch` suggests; after one that fits, the
 * next may be twice as wide.
 *
 * @param read reads a window, and throws TooMuch if it `canBeHalved` and has to be. It returns which share of what the
 *   service returns at once it held: from 0.5 on the next window is no wider.
 */
export async function* readWindows<Page>(
	{ from, to, minMs, firstMs = to - from, maxMs = Number.POSITIVE_INFINITY, isNewestFirst = false }: WindowOptions,
	read: (window: Window, canBeHalved: boolean) => AsyncGenerator<Page, number | undefined, undefined>,
): AsyncGenerator<Page, void, undefined> {
	let [left, width] = [{ from, to }, firstMs];
	while (left.from < left.to) {
		const window: Window = isNewestFirst
			? { from: Math.max(left.to - width, left.from), to: left.to }
			: { from: left.from, to: Math.min(left.from + width, left.to) };
		const widthMs = window.to - window.from;
		try {
			const share = yield* read(window, widthMs > minMs);
			if (share === undefined || share < 0.5) width = Math.min(width * 2, maxMs);
			left = isNewestFirst ? { from, to: window.from } : { from: window.to, to };
		} catch (error) {
			if (!(error instanceof TooMuch)) throw error;
			const halved = widthMs / 2 ** Math.max(1, Math.ceil(Math.log2(error.times)));
			width = Math.max(minMs, Math.floor(halved / minMs) * minMs);
		}
	}
}
