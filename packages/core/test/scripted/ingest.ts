import { type Database, parseRetention } from "@tidemark/db";
import {
	defineSource,
	type Given,
	makePlan,
	type Plan,
	type PlanOptions,
	type Source,
	type TargetResult,
} from "../../src/index.ts";
import { pickLater } from "../../src/ingest/plan.ts";

type Options = Partial<Omit<PlanOptions, "db" | "retention" | "report">> & {
	readonly retention?: string;
	readonly flags?: Given["flags"];
	/** In place of what the retention and the clock make of it. */
	readonly cut?: string | undefined;
};

interface Ingested {
	readonly results: readonly TargetResult[];
	/** The first target's result. */
	readonly result: TargetResult;
	/** The messages for a person. */
	readonly infos: readonly string[];
	readonly warned: readonly string[];
}

/** Ingests a source as a command would, by default without a retention. */
export async function ingest<Config, Cursor, Entry>(
	source: Source<Config, Cursor, Entry>,
	db: Database,
	options: Options = {},
): Promise<Ingested> {
	const infos: string[] = [];
	const warned: string[] = [];
	const report = {
		info: (text: string) => infos.push(text),
		warn: (text: string) => warned.push(text),
		progress: () => undefined,
	};
	const plan = await planFor(db, options, report);
	const given = { flags: options.flags ?? {}, environment: {} };
	const results = await Array.fromAsync(defineSource(source).ingest(plan, given));
	const [result] = results;
	if (!result) throw new Error("There was no target.");
	return { results, result, infos, warned };
}

async function planFor(db: Database, { retention = "off", flags, cut, ...options }: Options, report: Plan["report"]) {
	const plan = await makePlan({ db, retention: parseRetention(retention), report, ...options });
	return cut === undefined ? plan : { ...plan, cut, floor: pickLater(cut, plan.since) };
}
