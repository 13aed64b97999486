import { type Database, type Rows, readWorkList, save, tableNames, tables } from "@tidemark/db";
import { defineSource } from "../ingest/define-source.ts";
import type { TargetResult } from "../ingest/ingest-target.ts";
import { makePlan } from "../ingest/plan.ts";
import { type Given, readSettings } from "../settings/setting.ts";
import type { Context, Page, Source } from "../source.ts";

/** The outside world of one source in small, with something in it. */
export interface World {
	/** What points the source at it. */
	readonly flags: Given["flags"];
	/** Rows that another source has stored before, for one that works on them. */
	readonly stored?: Rows;
	/** How many rows it makes, with those stored before, by table. */
	readonly rows: Readonly<Record<string, number>>;
	/** How many pages a run may read if nothing has changed. */
	readonly steadyPages: number;
	/** Adds what cannot be understood amidst the rest; answers how many entries. */
	spoil(): Promise<number>;
}

export interface SourceFixture {
	/** A new world of several pages for each law. */
	makeWorld(): Promise<World>;
}

const silent = { info: () => undefined, warn: () => undefined, progress: () => undefined };

/** Ingests a world once, keeping every row however old; throws what a target failed with. */
export async function ingestWorld<Config, Cursor, Entry>(
	source: Source<Config, Cursor, Entry>,
	db: Database,
	{ flags }: World,
): Promise<TargetResult[]> {
	const plan = await makePlan({ db, retention: undefined, report: silent });
	const results = await Array.fromAsync(defineSource(source).ingest(plan, { flags, environment: {} }));
	for (const { error } of results) if (error !== undefined) throw error;
	return results;
}

/** An empty database but for what the world takes to be there. */
export async function openFor({ stored }: World, open: () => Promise<Database>): Promise<Database> {
	const db = await open();
	if (stored) await save(db, stored);
	return db;
}

/** The pages of every target, read from the beginning. */
export async function readWorld<Config, Cursor, Entry>(
	source: Source<Config, Cursor, Entry>,
	db: Database,
	{ flags }: World,
): Promise<{ target: string; pages: Page<Cursor>[] }[]> {
	const config = readSettings(source.config, { flags, environment: {} });
	const context: Context<Config> = {
		config,
		floor: null,
		signal: new AbortController().signal,
		report: silent,
		invocation: {},
		workList: (name, repositoryId) => readWorkList(db, name, repositoryId),
	};
	return Array.fromAsync(source.targets(context), async (target) => ({
		target: target.name,
		pages: await Array.fromAsync(source.read(target, undefined, context)),
	}));
}

/** All rows of the fact tables as text, less the stamps of when they were written. */
export async function storedRows(db: Database): Promise<string[]> {
	const perTable = tableNames.map(async (name) => {
		const rows = await db.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
		return rows.map(({ ingested_at, changed_at, ...row }) => `${name} ${JSON.stringify(row)}`);
	});
	return (await Promise.all(perTable)).flat().sort();
}

/** When each row was last written. */
export async function writeStamps(db: Database): Promise<string[]> {
	const perTable = tableNames.map((name) =>
		db.query<{ stamp: string }>(
			`SELECT concat_ws(' ', ${tables[name].key.map((property) => tables[name].columns[property]?.name).join(", ")}, changed_at) AS stamp FROM ${name}`,
		),
	);
	return (await Promise.all(perTable))
		.flat()
		.map(({ stamp }) => stamp)
		.sort();
}

export async function countRows(db: Database): Promise<Record<string, number>> {
	const perTable = tableNames.map(async (name) => {
		const [row] = await db.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
		return [name, row?.count ?? 0] as const;
	});
	return Object.fromEntries((await Promise.all(perTable)).filter(([, count]) => count > 0));
}
