import { defineSource, makePlan, type TargetResult } from "@tidemark/core";
import { type Database, parseRetention } from "@tidemark/db";
import type { PortkeyWorld } from "@tidemark/world/portkey";
import { usualManner } from "../../src/portkey/read-exports.ts";
import { createPortkey } from "../../src/portkey/source.ts";

export interface Told {
	/** The first and usually only target's. */
	readonly result: TargetResult;
	readonly notices: readonly string[];
	readonly warnings: readonly string[];
	/** How long was waited, in milliseconds. */
	readonly waits: readonly number[];
}

type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

interface Options {
	readonly exportLimit?: number;
	readonly since?: string | null;
	readonly cancel?: AbortSignal;
}

/** Ingests as `telemetry ingest portkey` does, but without waiting; a failed target is answered, not thrown. */
export async function ingestPortkey(
	db: Database,
	flags: Flags,
	{ exportLimit = 50_000, since = null, cancel }: Options = {},
): Promise<Told> {
	const [notices, warnings, waits]: [string[], string[], number[]] = [[], [], []];
	const report = {
		info: (text: string) => void notices.push(text),
		warn: (text: string) => void warnings.push(text),
		progress: () => undefined,
	};
	const wait = async (ms: number) => void waits.push(ms);
	const plan = await makePlan({ db, retention: parseRetention("off"), since, cancel, report });
	const source = defineSource(createPortkey({ ...usualManner, wait, exportLimit }));
	const [result] = await Array.fromAsync(source.ingest(plan, { flags, environment: {} }));
	if (!result) throw new Error("there was no target");
	return { result, notices, warnings, waits };
}

/** What points the source at a simulated PortKey. */
export function flagsFor({ key, url }: Pick<PortkeyWorld, "key" | "url">, more: Flags = {}): Flags {
	return { "api-key": key, "base-url": url, ...more };
}

export async function storedIds(db: Database): Promise<string[]> {
	const rows = await db.query<{ id: string }>("SELECT source_id AS id FROM llm_calls ORDER BY source_id");
	return rows.map(({ id }) => id);
}

export function idsOf({ logs }: Pick<PortkeyWorld, "logs">): string[] {
	return logs.map(({ fields }) => String(fields.id)).sort();
}

export interface StoredCursor {
	readonly upTo?: string;
	readonly running?: { readonly id: string; readonly from: string; readonly to: string };
	readonly costUnit?: string;
}

export async function cursorIn(db: Database): Promise<StoredCursor | undefined> {
	const [row] = await db.query<{ cursor: StoredCursor }>("SELECT cursor FROM checkpoints WHERE source = 'portkey'");
	return row?.cursor;
}
