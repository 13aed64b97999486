import { describe, expect, it } from "vitest";
import { identifyRows } from "../src/csv/identity.ts";
import { Ordinals, Tally } from "../src/csv/ordinals.ts";

const name = identifyRows(["n"]);
const identity = (text: string) => name([text]);

describe("the ordinals of equal rows", () => {
	it("count repetitions of one time and forget them with the next", () => {
		const ordinals = new Ordinals();
		expect(["a", "a", "b", "a"].map((row) => ordinals.next(identity(row), "1"))).toEqual([0, 1, 0, 2]);
		expect(ordinals.next(identity("c"), "2")).toBe(0);
		expect(ordinals.knows("2")).toBe(true);
		expect(ordinals.knows("1")).toBe(false);
	});

	it("go on from a cursor", () => {
		const ordinals = new Ordinals();
		ordinals.next(identity("a"), "1");
		const state = ordinals.state();
		expect(state === "recount" ? undefined : Ordinals.from(state).next(identity("a"), "1")).toBe(1);
	});

	it("ask to be counted again where a cursor would grow too large", () => {
		const ordinals = new Ordinals();
		for (let row = 0; row < 100; row++) ordinals.next(identity(String(row)), "1");
		expect(ordinals.state()).toBe("recount");
	});

	it("are exact over many rows out of order", () => {
		const tally = new Tally();
		const rows = Array.from({ length: 20_000 }, (_, index) => identity(String(index % 7000)));
		expect(rows.map((row) => tally.add(row))).toEqual(rows.map((_, index) => Math.floor(index / 7000)));
	});
});
