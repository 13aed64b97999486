import { describe, expect, it } from "vitest";
import { perPage } from "../../src/github/api/client.ts";
import { readTimes, type Skip, scan } from "../../src/github/scan.ts";

const time = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString();

/** A list of numbered rows, the highest first, of which some come and go between two pages. */
class MovingList {
	numbers: number[];
	readonly asked: number[] = [];
	constructor(count: number) {
		this.numbers = Array.from({ length: count }, (_, index) => count - index);
	}

	async read({
		downTo = null,
		skip,
		meanwhile,
	}: {
		downTo?: string | null;
		skip?: Skip;
		meanwhile?: (page: number) => void;
	}) {
		const seen = new Set<number>();
		const ask = async (page: number) => {
			this.asked.push(page);
			const rows = this.numbers
				.slice((page - 1) * perPage, page * perPage)
				.map((number) => ({ number, at: time(number) }));
			const answer = { rows, total: this.numbers.length, times: readTimes(rows, "at") };
			meanwhile?.(page);
			return answer;
		};
		for await (const { rows } of scan({ ask, downTo, ...(skip ? { skip } : {}) })) {
			for (const row of rows) seen.add((row as { number: number }).number);
		}
		return seen;
	}
}

describe("a list that moves while it is read", () => {
	it("T5: loses nothing when rows arrive between two pages", async () => {
		const list = new MovingList(500);
		const seen = await list.read({
			meanwhile: (page) => {
				if (page === 2) list.numbers.unshift(...Array.from({ length: 30 }, (_, index) => 530 - index));
			},
		});
		for (let number = 1; number <= 500; number++) expect(seen).toContain(number);
	});

	it("T6: loses nothing when rows are deleted between two pages, also when others arrive", async () => {
		const list = new MovingList(500);
		let isDone = false;
		const seen = await list.read({
			meanwhile: (page) => {
				if (page !== 3 || isDone) return;
				isDone = true;
				list.numbers = [503, 502, 501, ...list.numbers.filter((number) => number <= 495 || number > 500).slice(3)];
			},
		});
		const left = list.numbers.filter((number) => number <= 492);
		expect(left.filter((number) => !seen.has(number))).toEqual([]);
	});

	it("is read no further than is wanted", async () => {
		const list = new MovingList(1000);
		await list.read({ downTo: time(850) });
		expect(list.asked).toEqual([1, 2]);
	});

	it("is taken up where it was left, though rows arrived or were deleted", async () => {
		const skip = { top: time(1000), from: time(1000), to: time(501), rows: 500 };
		for (const change of [
			(list: MovingList) => list.numbers.unshift(...Array.from({ length: 250 }, (_, index) => 1250 - index)),
			(list: MovingList) => list.numbers.splice(10, 250),
			() => undefined,
		]) {
			const list = new MovingList(1000);
			change(list);
			const seen = await list.read({ skip });
			for (let number = 1; number <= 500; number++) expect(seen).toContain(number);
			expect(list.asked.length).toBeLessThan(15);
		}
	});
});
