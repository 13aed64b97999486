import { describe, expect, it } from "vitest";
import { findUnread, readWindows, TooMuch, type Window } from "../src/index.ts";

const limit = 10;

/** A service that lists something for each moment given, at most ten at once. */
function readerOf(moments: readonly number[], asked: Window[], knowsTotal: boolean) {
	return async function* read(window: Window, canBeHalved: boolean): AsyncGenerator<number, number | undefined> {
		asked.push(window);
		const found = moments.filter((at) => at >= window.from && at < window.to);
		if (found.length > limit && canBeHalved) throw new TooMuch(knowsTotal ? found.length / limit : undefined);
		yield* found.slice(0, limit);
		return knowsTotal ? found.length / limit : undefined;
	};
}

async function collect(pages: AsyncIterable<number>): Promise<number[]> {
	const all: number[] = [];
	for await (const page of pages) all.push(page);
	return all;
}

/** Dense here, empty there. */
const moments = Array.from({ length: 500 }, (_, index) => Math.floor((index * index) / 25));

describe("windows of time", () => {
	for (const isNewestFirst of [false, true]) {
		for (const knowsTotal of [false, true]) {
			const manner = `${isNewestFirst ? "newest" : "oldest"} first, by a service that ${knowsTotal ? "counts" : "does not count"}`;
			it(`reach everything once, ${manner}`, async () => {
				const asked: Window[] = [];
				const options = { from: 0, to: 10_000, minMs: 1, firstMs: 640, maxMs: 2000, isNewestFirst };
				const found = await collect(readWindows(options, readerOf(moments, asked, knowsTotal)));
				expect(found.toSorted((left, right) => left - right)).toEqual(moments);
				expect(asked.every(({ from, to }) => to > from && to - from <= 2000)).toBe(true);
			});
		}
	}

	it("are halved as often as the service's total says, and then no wider while they are half full", async () => {
		const asked: Window[] = [];
		const evenly = Array.from({ length: 64 }, (_, index) => index * 10);
		await collect(readWindows({ from: 0, to: 640, minMs: 10 }, readerOf(evenly, asked, true)));
		expect(asked.map(({ from, to }) => to - from)).toEqual([640, ...Array(8).fill(80)]);
	});

	it("end at the narrowest, whose overflow is the reader's to handle", async () => {
		const asked: Window[] = [];
		const crowded = Array.from({ length: 30 }, () => 7);
		const found = await collect(readWindows({ from: 0, to: 16, minMs: 4 }, readerOf(crowded, asked, false)));
		expect(found).toHaveLength(limit);
		expect(Math.min(...asked.map(({ from, to }) => to - from))).toBe(4);
	});

	it("pass on what else goes wrong, and do not begin if there is nothing to read", async () => {
		const broken = async function* (): AsyncGenerator<number, undefined> {
			yield 1;
			throw new Error("broken");
		};
		await expect(collect(readWindows({ from: 0, to: 1, minMs: 1 }, broken))).rejects.toThrow("broken");
		expect(await collect(readWindows({ from: 1, to: 1, minMs: 1 }, broken))).toEqual([]);
	});
});

describe("what is left to read", () => {
	const now = Date.UTC(2026, 0, 31);
	const known = { floor: null, beginning: "2023-01-01T00:00:00Z", now, lagMs: 60_000, overlapMs: 3_600_000 };

	it("is everything the first time, down to the floor", () => {
		expect(findUnread({ ...known, upTo: undefined })).toEqual({ from: Date.UTC(2023, 0, 1), to: now - 60_000 });
		const floor = "2026-01-01T00:00:00.000000Z";
		expect(findUnread({ ...known, floor, upTo: undefined }).from).toBe(Date.UTC(2026, 0, 1));
	});

	it("begins a little before what was read, never below the floor, and before now if a clock was ahead", () => {
		expect(findUnread({ ...known, upTo: "2026-01-30T01:00:00Z" }).from).toBe(Date.UTC(2026, 0, 30));
		const floor = "2026-01-30T00:30:00.000000Z";
		expect(findUnread({ ...known, floor, upTo: "2026-01-30T01:00:00Z" }).from).toBe(Date.parse("2026-01-30T00:30:00Z"));
		expect(findUnread({ ...known, upTo: "2030-01-01T00:00:00Z" }).from).toBe(now - 60_000 - 3_600_000);
	});
});
