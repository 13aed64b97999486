import { defineSource, makePlan } from "../../packages/core/src/index.ts";
import { connect, migrate } from "../../packages/db/src/index.ts";
import { litellm } from "../../packages/sources/src/litellm/source.ts";
import type { SentCall } from "./calls.ts";
import { differences } from "./compare.ts";

/** One of the ways by which calls come from LiteLLM. */
export interface Way {
	readonly name: string;
	/** The calls that must be found. */
	readonly sent: readonly SentCall[];
	readonly flags: Readonly<Record<string, string | readonly string[]>>;
}

/** Ingests by one way into an empty database; answers what is wrong with what is stored. */
export async function tryWay({ flags, sent }: Way, url: string): Promise<string[]> {
	const db = await connect({ url, directory: "" });
	try {
		await migrate(db);
		const warned: string[] = [];
		const report = { info: () => undefined, warn: (text: string) => void warned.push(text), progress: () => undefined };
		const plan = await makePlan({ db, retention: undefined, report });
		const results = await Array.fromAsync(defineSource(litellm).ingest(plan, { flags, environment: {} }));
		const failures = results.flatMap(({ error }) => (error === undefined ? [] : [String(error)]));
		return [...failures, ...warned, ...(await differences(db, sent))];
	} finally {
		await db.close();
	}
}
