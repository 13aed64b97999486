import { expect, test } from "vitest";
import { readCheckpoint, writeCheckpoint } from "../src/checkpoint.ts";
import { describeOnBothEngines } from "../src/testing/describe-on-engines.ts";
import { emptyTables } from "../src/testing/index.ts";

const checkpoint = {
	cursor: { offset: 1234, etag: 'W/"5"', seen: ["a", null] },
	floor: "2026-01-02T03:04:05.000001Z",
	shape: "a hash",
	reshaping: true,
};

describeOnBothEngines("a checkpoint", (open) => {
	const db = emptyTables(open);

	test("is what was written last for its source and target", async () => {
		await writeCheckpoint(db(), "csv", "one.csv", checkpoint);
		const later = { cursor: { offset: 9 }, floor: null, shape: "another hash", reshaping: false };
		await writeCheckpoint(db(), "csv", "other.csv", later);
		expect(await readCheckpoint(db(), "csv", "one.csv")).toEqual(checkpoint);
		await writeCheckpoint(db(), "csv", "one.csv", later);
		expect(await readCheckpoint(db(), "csv", "one.csv")).toEqual(later);
	});

	test("does not exist before the first", async () => {
		expect(await readCheckpoint(db(), "csv", "one.csv")).toBeUndefined();
	});

	test.each([[0], [""], ["text"], [true], [[]], [{}], [null], [Number.MAX_SAFE_INTEGER], ['{"a": 1}']])(
		"gives back the cursor %j",
		async (cursor) => {
			await writeCheckpoint(db(), "csv", "one.csv", { ...checkpoint, cursor });
			expect(await readCheckpoint(db(), "csv", "one.csv")).toEqual({ ...checkpoint, cursor });
		},
	);

	test("leaves out of a cursor what cannot be stored, and does not fail", async () => {
		await writeCheckpoint(db(), "csv", "one.csv", { ...checkpoint, cursor: { last: "a\u0000b\ud800" } });
		expect((await readCheckpoint(db(), "csv", "one.csv"))?.cursor).toEqual({ last: "ab\ufffd" });
	});

	test("is not there when its transaction failed", async () => {
		const failing = db().transaction(async (tx) => {
			await writeCheckpoint(tx, "csv", "one.csv", checkpoint);
			throw new Error("afterwards");
		});
		await expect(failing).rejects.toThrow("afterwards");
		expect(await readCheckpoint(db(), "csv", "one.csv")).toBeUndefined();
	});
});
