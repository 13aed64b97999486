import { hash } from "node:crypto";
import { readWorkList } from "@tidemark/db";
import { type Given, listSettings, missingSettings, readSettings, type Setting } from "../settings/setting.ts";
import type { Context, Source } from "../source.ts";
import { ingestTarget, type TargetResult } from "./ingest-target.ts";
import type { Plan } from "./plan.ts";
import { type RetryResult, retryDeadLetters } from "./retry-dead-letters.ts";

/** A source as the list of sources holds it: its types are closed over, so that nobody needs a cast. */
export interface DefinedSource {
	readonly name: string;
	readonly idle: string;
	readonly settings: readonly Setting[];
	/** The settings that it cannot run without and that are not given. */
	missing(given: Given): readonly Setting[];
	/** Ingests every target in turn; a target that fails stops no other. */
	ingest(plan: Plan, given: Given): AsyncIterable<TargetResult>;
	/** Takes its dead letters in again. */
	retry(plan: Pick<Plan, "db" | "cut" | "clock">): Promise<RetryResult>;
}

export function defineSource<Config, Cursor, Entry>(source: Source<Config, Cursor, Entry>): DefinedSource {
	const settings = listSettings(source.config);
	return {
		name: source.name,
		idle: source.idle,
		settings,
		missing: (given) => missingSettings(source.config, given),
		async *ingest(plan, given) {
			const { db, floor, signal, report } = plan;
			const config = readSettings(source.config, given);
			const workList: Context<Config>["workList"] = (name, repositoryId) => readWorkList(db, name, repositoryId);
			const context = { config, floor, signal, report, invocation: plan, workList };
			const shape = hashShape(settings, config as object);
			for await (const target of source.targets(context)) {
				if (signal.aborted) return;
				yield await ingestTarget({ source, target, context, shape, plan });
			}
		},
		retry: (plan) => retryDeadLetters(source, plan),
	};
}

/** A hash of the settings that decide which rows an entry becomes. */
function hashShape(settings: readonly Setting[], config: object): string {
	const shaping = settings.filter(({ shapesRows }) => shapesRows);
	const values = Object.entries(config).filter(([key]) => shaping.some((each) => each.key === key));
	return hash("sha256", JSON.stringify(values), "hex").slice(0, 16);
}
