import { describe, expect, it } from "vitest";
import { type Line, type LineOptions, readLines } from "../src/index.ts";

describe("a file of lines", () => {
	it("is split at LF and CRLF alike, blank lines and all", async () => {
		expect(await textsOf("one\ntwo\r\n\r\n\nfive\r\n")).toEqual(["one", "two", "", "", "five"]);
	});

	it("may be empty, or nothing but a line end", async () => {
		expect(await textsOf("")).toEqual([]);
		expect(await textsOf("\n")).toEqual([""]);
	});

	it("keeps a carriage return within a line", async () => {
		expect(await textsOf("one\rstill one\r\r\n")).toEqual(["one\rstill one\r"]);
	});

	it("may begin with a byte order mark, which is no text there and nowhere else", async () => {
		expect(await textsOf("\ufeffone\n\ufefftwo\n")).toEqual(["one", "\ufefftwo"]);
		expect(await textsOf("\ufefflater\n", { offset: 4, linesBefore: 1 })).toEqual(["\ufefflater"]);
	});

	it("knows when a last line has no line end", async () => {
		expect(await linesOf("one\ntwo")).toEqual([
			{ text: "one", number: 1, end: 4, isTerminated: true },
			{ text: "two", number: 2, end: 7, isTerminated: false },
		]);
	});

	it("keeps characters whole that are cut by chunks", async () => {
		const text = "\ufeffgrüße\r\n日本語\n🌊 – tide\r\nlast";
		for (const size of [1, 2, 3, 5, 7, 1000]) {
			expect(await textsOf(text, { size })).toEqual(["grüße", "日本語", "🌊 – tide", "last"]);
		}
	});

	it("replaces bytes that are no UTF-8 and goes on", async () => {
		const bytes = Buffer.concat([Buffer.from("one"), Buffer.from([0xff, 0x0a]), Buffer.from("two\n")]);
		expect((await linesOf(bytes)).map(({ text }) => text)).toEqual(["one\ufffd", "two"]);
	});

	it("passes over lines that are too long, keeps all others and their numbers", async () => {
		const text = `short\n${"x".repeat(50)}\n0123456789\n01234567890\nend\n${"y".repeat(99)}`;
		for (const size of [1, 4, 1000]) {
			const lines = await linesOf(text, { size, maxBytes: 10 });
			expect(lines.map(({ text: read, number }) => [number, read])).toEqual([
				[1, "short"],
				[2, undefined],
				[3, "0123456789"],
				[4, undefined],
				[5, "end"],
				[6, undefined],
			]);
			expect(lines.at(-1)?.end).toBe(text.length);
		}
	});

	it("can be read on from the end of each of its lines", async () => {
		const text = "\ufefferste\r\nzweite – äöü\n\n🌊\r\ntoo long to be kept\nletzte";
		const bytes = Buffer.from(text);
		const all = await linesOf(text, { size: 3, maxBytes: 17 });
		expect(all.at(-1)?.end).toBe(bytes.length);
		for (const [index, { end, number }] of all.entries()) {
			const rest = await linesOf(bytes.subarray(end), { size: 3, maxBytes: 17, offset: end, linesBefore: number });
			expect(rest).toEqual(all.slice(index + 1));
		}
	});
});

type Options = LineOptions & { readonly size?: number };

function linesOf(content: string | Buffer, { size = 4, ...options }: Options = {}): Promise<Line[]> {
	return Array.fromAsync(readLines(chunksOf(Buffer.from(content), size), options));
}

async function textsOf(content: string, options: Options = {}): Promise<(string | undefined)[]> {
	return (await linesOf(content, options)).map(({ text }) => text);
}

async function* chunksOf(bytes: Buffer, size: number): AsyncIterable<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
