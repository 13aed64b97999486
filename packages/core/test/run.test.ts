import { type Database, UsageError } from "@tidemark/db";
import { expect, it } from "vitest";
import { type DefinedSource, defineSource, type Given, makePlan, runSources, sumCounts } from "../src/index.ts";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { calls, type Script, type ScriptedSource, scripted } from "./scripted/scripted-source.ts";
import { storedIds } from "./scripted/stored.ts";
import { toySource } from "./toy/toy-source.ts";

interface Options {
	readonly flags?: Given["flags"];
	readonly isNamed?: boolean;
	readonly cancel?: AbortSignal;
}

async function runAll(
	db: Database,
	sources: readonly DefinedSource[],
	{ flags = {}, isNamed = false, cancel }: Options = {},
) {
	const report = { info: () => undefined, warn: () => undefined, progress: () => undefined };
	const plan = await makePlan({ db, retention: undefined, report, cancel });
	return runSources(sources, plan, { flags, environment: {} }, { isNamed });
}

const defined = (script: Partial<Script> & { name: string }) =>
	defineSource(scripted({ entries: calls(4), ...script }));
const toy = defineSource(toySource);

describeOnEmptiedDatabase("a run", (open) => {
	it("goes on to the next target if one fails, and reports the failure", async () => {
		const db = await open();
		const source = defined({
			name: "tapes",
			targets: ["whole", "torn", "also whole"],
			before(page, target) {
				if (target === "torn" && page === 2) throw new Error("the tape is torn");
			},
		});
		const results = await runAll(db, [source]);
		expect(results).toMatchObject([
			{
				source: "tapes",
				outcome: "ran",
				targets: [
					{ target: "whole", outcome: "done", counts: { inserted: 4 } },
					{
						target: "torn",
						outcome: "failed",
						counts: { read: 2, unchanged: 2 },
						error: { message: "the tape is torn" },
					},
					{ target: "also whole", outcome: "done", counts: { unchanged: 4 } },
				],
			},
		]);
		expect(sumCounts(results)).toEqual({
			read: 10,
			inserted: 4,
			updated: 0,
			unchanged: 6,
			expired: 0,
			skipped: 0,
			rejected: 0,
		});
	});

	it("goes on to the next source if one fails", async () => {
		const db = await open();
		const lost: ScriptedSource = {
			...scripted({ name: "lost", entries: calls(2) }),
			async *targets() {
				yield { name: "first" };
				throw new Error("there was a second one");
			},
		};
		const results = await runAll(db, [defineSource(lost), defined({ name: "next" })]);
		expect(results).toMatchObject([
			{ source: "lost", outcome: "failed", targets: [{ target: "first", outcome: "done" }], error: expect.any(Error) },
			{ source: "next", outcome: "ran", targets: [{ outcome: "done" }] },
		]);
		expect(await storedIds(db)).toHaveLength(6);
	});

	it("of all leaves out what is not configured, and says how to", async () => {
		const db = await open();
		expect(await runAll(db, [toy, defined({ name: "next" })])).toMatchObject([
			{ source: "toy", outcome: "skipped", reason: "not configured - set TOY_PATH (--path)" },
			{ source: "next", outcome: "ran" },
		]);
	});

	it("of a source by its name fails if that is not configured", async () => {
		const db = await open();
		const [result] = await runAll(db, [toy], { isNamed: true });
		expect(result).toMatchObject({
			outcome: "failed",
			targets: [],
			error: { message: "toy: not configured.", fix: "set TOY_PATH (--path)" },
		});
		expect(result).toHaveProperty("error", expect.any(UsageError));
	});

	it("of all leaves out what has nothing to read, which fails by its name", async () => {
		const db = await open();
		const idle = defined({ name: "idle", targets: [] });
		expect(await runAll(db, [idle])).toEqual([
			{ source: "idle", outcome: "skipped", reason: "nothing to read - write a script" },
		]);
		const [named] = await runAll(db, [idle], { isNamed: true });
		expect(named).toMatchObject({
			outcome: "failed",
			error: { message: "idle: nothing to read.", fix: "write a script" },
		});
		expect(named).toHaveProperty("error", expect.any(UsageError));
	});

	it("fails a source whose setting does not fit, and no other", async () => {
		const db = await open();
		const results = await runAll(db, [defined({ name: "one" }), toy], {
			flags: { shift: "far", path: import.meta.filename },
		});
		expect(results).toMatchObject([
			{ source: "one", outcome: "failed", error: { message: expect.stringContaining('"far" does not fit --shift') } },
			{ source: "toy", outcome: "ran" },
		]);
	});

	it("that is cancelled begins no other source, and looking for targets is no failure then", async () => {
		const db = await open();
		const cancelling = new AbortController();
		const searching: ScriptedSource = {
			...scripted({ name: "searching", entries: [] }),
			async *targets({ signal }) {
				cancelling.abort();
				signal.throwIfAborted();
				yield { name: "never" };
			},
		};
		const results = await runAll(db, [defineSource(searching), toy], { cancel: cancelling.signal });
		expect(results).toEqual([{ source: "searching", outcome: "ran", targets: [] }]);
	});
});
