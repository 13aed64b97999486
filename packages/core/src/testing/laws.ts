import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type Database, listDeadLetters, writeCheckpoint } from "@tidemark/db";
import type { Page, Source } from "../source.ts";
import {
	countRows,
	ingestWorld,
	openFor,
	readWorld,
	type SourceFixture,
	storedRows,
	type World,
	writeStamps,
} from "./world.ts";

/** What every source promises. `check` throws if one does not keep it. */
export interface Law {
	readonly name: string;
	check<Config, Cursor, Entry>(trial: Trial<Config, Cursor, Entry>): Promise<void>;
}

export interface Trial<Config, Cursor, Entry> {
	readonly source: Source<Config, Cursor, Entry>;
	readonly fixture: SourceFixture;
	/** An empty database; the one before is gone. */
	open(): Promise<Database>;
}

export const laws: readonly Law[] = [
	{
		// On a world of one page most of the others would hold by themselves.
		name: "is tried on a world of at least three pages and two cursors",
		async check({ source, fixture, open }) {
			const world = await fixture.makeWorld();
			const pages = (await readWorld(source, await openFor(world, open), world)).flatMap((target) => target.pages);
			const cursors = new Set(pages.flatMap(({ cursor }) => (cursor === undefined ? [] : [JSON.stringify(cursor)])));
			ok(pages.length >= 3, `the fixture has ${pages.length} pages, not at least 3`);
			// A source that works through what is stored needs none.
			const isWorkList = world.stored !== undefined && cursors.size === 0;
			ok(isWorkList || cursors.size >= 2, `the fixture has ${cursors.size} different cursors, not at least 2`);
		},
	},
	{
		name: "reaches every entry once",
		async check({ source, fixture, open }) {
			const world = await fixture.makeWorld();
			const db = await openFor(world, open);
			await ingestWorld(source, db, world);
			deepStrictEqual(await countRows(db), world.rows);
			deepStrictEqual(await listDeadLetters(db, { limit: 10 }), []);
		},
	},
	{
		name: "a second run over an unchanged world writes nothing and reads little",
		async check({ source, fixture, open }) {
			const world = await fixture.makeWorld();
			const db = await openFor(world, open);
			await ingestWorld(source, db, world);
			const before = await writeStamps(db);
			const { pages, counting } = countingPages(source);
			await ingestWorld(counting, db, world);
			deepStrictEqual(await writeStamps(db), before);
			ok(pages.count <= world.steadyPages, `read ${pages.count} pages, not at most ${world.steadyPages}`);
		},
	},
	{
		name: "makes the same rows when its cursors are forgotten",
		async check({ source, fixture, open }) {
			const world = await fixture.makeWorld();
			const db = await openFor(world, open);
			await ingestWorld(source, db, world);
			const before = await storedRows(db);
			await db.query("DELETE FROM checkpoints");
			await ingestWorld(source, db, world);
			deepStrictEqual(await storedRows(db), before);
		},
	},
	{
		name: "misses nothing from any of its cursors",
		async check({ source, fixture, open }) {
			const world = await fixture.makeWorld();
			for (const { target, pages } of await readWorld(source, await openFor(world, open), world)) {
				for (let count = 1; count <= pages.length; count++) {
					await resumesAfter(pages.slice(0, count), { source, target, world, db: await openFor(world, open) });
				}
			}
		},
	},
	{
		name: "makes the same rows after a crash on any page",
		async check({ source, fixture, open }) {
			const world = await fixture.makeWorld();
			const db = await openFor(world, open);
			await ingestWorld(source, db, world);
			const whole = await storedRows(db);
			for (let page = 1, hasCrashed = true; hasCrashed; page++) {
				const crashed = await openFor(world, open);
				hasCrashed = await ingestWorld(crashingAt(source, page), crashed, world).then(
					() => false,
					() => true,
				);
				await ingestWorld(source, crashed, world);
				deepStrictEqual(await storedRows(crashed), whole, `after a crash on page ${page}`);
			}
		},
	},
	{
		name: "makes rows of an entry without side effects",
		async check({ source, fixture, open }) {
			for (const { entry } of await entriesOf({ source, fixture, open })) {
				const parsed = source.entry.parse(entry);
				const before = structuredClone(parsed);
				const rows = structuredClone(source.rows(parsed));
				deepStrictEqual(source.rows(parsed), rows, "the same entry made other rows the second time");
				deepStrictEqual(parsed, before, "the entry was changed");
			}
		},
	},
	{
		name: "has cursors that survive being stored",
		async check({ source, fixture, open }) {
			const world = await fixture.makeWorld();
			const worlds = await readWorld(source, await openFor(world, open), world);
			for (const { cursor } of worlds.flatMap(({ pages }) => pages)) {
				if (cursor === undefined) continue;
				deepStrictEqual(source.cursor.parse(JSON.parse(JSON.stringify(cursor))), cursor);
			}
		},
	},
	{
		name: "keeps what is spoilt as a dead letter and loses nothing beside it",
		async check({ source, fixture, open }) {
			const world = await fixture.makeWorld();
			const spoilt = await world.spoil();
			const db = await openFor(world, open);
			const results = await ingestWorld(source, db, world);
			strictEqual(
				results.reduce((sum, { counts }) => sum + counts.rejected, 0),
				spoilt,
			);
			strictEqual((await listDeadLetters(db, { limit: spoilt + 1 })).length, spoilt);
			deepStrictEqual(await countRows(db), world.rows);
		},
	},
];

/** Stores what some pages hold, vouched for by the last cursor, and lets a run complete it. */
async function resumesAfter<Config, Cursor, Entry>(
	pages: readonly Page<Cursor>[],
	{ source, target, world, db }: { source: Source<Config, Cursor, Entry>; target: string; world: World; db: Database },
): Promise<void> {
	const only: Source<Config, Cursor, Entry> = {
		...source,
		async *targets(context) {
			for await (const each of source.targets(context)) if (each.name === target) yield each;
		},
		async *read() {
			yield* pages;
		},
	};
	await ingestWorld(only, db, world);
	const cursor = pages.findLast((page) => page.cursor !== undefined)?.cursor;
	const [checkpoint] = await db.query<{ shape: string }>("SELECT shape FROM checkpoints WHERE target = $1", [target]);
	if (cursor === undefined || !checkpoint) return;
	// Through JSON, as it is stored.
	await writeCheckpoint(db, source.name, target, { cursor, floor: null, shape: checkpoint.shape, reshaping: false });
	await ingestWorld(source, db, world);
	deepStrictEqual(await countRows(db), world.rows, `resumed from ${JSON.stringify(cursor)}`);
}

function countingPages<Config, Cursor, Entry>(source: Source<Config, Cursor, Entry>) {
	const pages = { count: 0 };
	const counting: Source<Config, Cursor, Entry> = {
		...source,
		async *read(...given) {
			for await (const page of source.read(...given)) {
				pages.count++;
				yield page;
			}
		},
	};
	return { pages, counting };
}

function crashingAt<Config, Cursor, Entry>(source: Source<Config, Cursor, Entry>, page: number) {
	let count = 0;
	const crashing: Source<Config, Cursor, Entry> = {
		...source,
		async *read(...given) {
			for await (const each of source.read(...given)) {
				if (++count === page) throw new Error("crashed");
				yield each;
			}
		},
	};
	return crashing;
}

async function entriesOf<Config, Cursor, Entry>({ source, fixture, open }: Trial<Config, Cursor, Entry>) {
	const world = await fixture.makeWorld();
	const worlds = await readWorld(source, await openFor(world, open), world);
	return worlds.flatMap(({ pages }) => pages).flatMap(({ items }) => items.filter((item) => "entry" in item));
}
