import { expect, test } from "vitest";
import {
	computeDeadLetterId,
	countDeadLetters,
	hasDeadLetters,
	listDeadLetters,
	listRetryableDeadLetters,
	type Refused,
	removeDeadLetters,
	writeDeadLetters,
} from "../src/dead-letters.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";

const place = { source: "csv", target: "usage.csv", at: "line 7" };

function refused(given: Partial<Refused> = {}): Refused {
	return { ...place, reason: "no timestamp", entry: { model: "a-model" }, ...given };
}

const now = "2026-08-31T12:00:00.000000Z";

describeOnBothEngines("a dead letter", (open) => {
	const db = emptyTables(open);
	const all = () => listDeadLetters(db(), { limit: 100 });

	test("holds its place, the reason and its content", async () => {
		await writeDeadLetters(db(), [refused()], now);
		expect(await all()).toEqual([
			{
				...refused(),
				id: computeDeadLetterId({ ...place, entry: { model: "a-model" } }),
				text: null,
				retryable: true,
				createdAt: now,
			},
		]);
	});

	test("is one however often it is met, with the newest reason", async () => {
		await writeDeadLetters(db(), [refused({ reason: "first" }), refused({ reason: "second" })], now);
		const [before] = await all();
		await writeDeadLetters(db(), [refused({ reason: "third" })], now);
		expect(before?.reason).toBe("second");
		expect(await all()).toEqual([{ ...before, reason: "third" }]);
	});

	test("is another at another place, of another target or source, or with other content", async () => {
		await writeDeadLetters(
			db(),
			[
				refused(),
				refused({ at: "line 8" }),
				refused({ target: "other.csv" }),
				refused({ source: "litellm" }),
				refused({ entry: { model: "another" } }),
				refused({ entry: undefined, text: "spoilt" }),
			],
			now,
		);
		expect(new Set((await all()).map(({ id }) => id)).size).toBe(6);
	});

	test.each([
		["a text", "just a text"],
		["a text that looks like JSON", '{"model": 1}'],
		["an empty text", ""],
		["a number", 7],
		["true", true],
		["a list", [1, "two", [null]]],
		["null", null],
	])("can be %s", async (_, entry) => {
		await writeDeadLetters(db(), [refused({ entry })], now);
		expect(await all()).toMatchObject([
			{ entry, text: null, retryable: true, id: computeDeadLetterId({ ...place, entry }) },
		]);
	});

	test("that was never an entry is kept as text, and cannot be tried again", async () => {
		await writeDeadLetters(db(), [refused({ entry: undefined, text: "half a li" })], now);
		expect(await all()).toMatchObject([{ entry: null, text: "half a li", retryable: false }]);
	});

	test("without any content is kept as well", async () => {
		await writeDeadLetters(db(), [refused({ entry: undefined })], now);
		expect(await all()).toMatchObject([{ entry: null, text: null, retryable: false }]);
	});

	test("of 64 KiB is kept whole, a larger one is cut and cannot be tried again", async () => {
		// The quotes around a text are part of its JSON.
		const whole = "w".repeat(64 * 1024 - 2);
		await writeDeadLetters(db(), [refused({ entry: whole })], now);
		expect(await all()).toMatchObject([{ entry: whole, text: null, retryable: true }]);
		await db().query("DELETE FROM dead_letters");

		await writeDeadLetters(
			db(),
			[refused({ entry: `${whole}w` }), refused({ at: "line 8", entry: undefined, text: whole + whole })],
			now,
		);
		const letters = await all();
		expect(letters.map(({ entry, retryable }) => ({ entry, retryable }))).toEqual([
			{ entry: null, retryable: false },
			{ entry: null, retryable: false },
		]);
		expect(letters.map(({ text }) => text?.length)).toEqual([64 * 1024, 64 * 1024]);
	});

	test("with bytes that cannot be stored is kept without them", async () => {
		await writeDeadLetters(
			db(),
			[
				refused({ at: "line\u0000 7", reason: "bad\u0000 \ud800", entry: { "k\u0000": ["a\u0000b", "\udc00"] } }),
				refused({ at: "line 8", entry: undefined, text: "x\u0000y\ud800" }),
			],
			now,
		);
		const letters = (await all()).sort((one, other) => (one.at < other.at ? -1 : 1));
		expect(letters).toMatchObject([
			{ at: "line 7", reason: "bad \ufffd", entry: { k: ["ab", "\ufffd"] } },
			{ at: "line 8", text: "xy\ufffd" },
		]);
	});

	test("nested too deeply to be written down is kept without its content", async () => {
		const entry: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
		await writeDeadLetters(db(), [refused({ entry })], now);
		expect(await all()).toMatchObject([{ at: "line 7", entry: null, text: null, retryable: false }]);
	});

	test("is stored with thousands of others at once", async () => {
		const many = Array.from({ length: 6000 }, (_, line) => refused({ at: `line ${line}` }));
		await writeDeadLetters(db(), many, now);
		expect(await countDeadLetters(db())).toEqual([{ source: "csv", count: 6000 }]);
		await writeDeadLetters(db(), [], now);
	});

	test("is gone once it has become rows, and has another reason when it was refused again", async () => {
		await writeDeadLetters(db(), [refused(), refused({ at: "line 8" })], now);
		const id = computeDeadLetterId({ ...place, entry: { model: "a-model" } });
		await writeDeadLetters(db(), [refused({ id, at: "elsewhere", reason: "still no timestamp" })], now);
		expect((await all()).map(({ reason }) => reason).sort()).toEqual(["no timestamp", "still no timestamp"]);
		expect(await removeDeadLetters(db(), [id, "of nothing"])).toBe(1);
		expect(await all()).toMatchObject([{ at: "line 8" }]);
		expect(await hasDeadLetters(db(), "csv", "usage.csv")).toBe(true);
		expect(await hasDeadLetters(db(), "csv", "other.csv")).toBe(false);
	});

	test("is tried again page by page, each once, and only if that can help", async () => {
		const lines = Array.from({ length: 5 }, (_, line) => refused({ at: `line ${line}` }));
		await writeDeadLetters(
			db(),
			[...lines, refused({ entry: undefined, text: "spoilt" }), refused({ source: "other" })],
			now,
		);
		const seen: string[] = [];
		for (let after = ""; ; ) {
			const page = await listRetryableDeadLetters(db(), { source: "csv", after, limit: 2 });
			const last = page.at(-1);
			if (!last) break;
			seen.push(...page.map(({ at }) => at));
			after = last.id;
		}
		expect(seen.sort()).toEqual(lines.map(({ at }) => at));
	});
});
