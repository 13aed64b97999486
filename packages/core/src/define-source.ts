import { hash } from "node:crypto";
import { readWorkList } from "@tidemark/db";
import type { Context, Reporter } from "./context.ts";
import { ingestTarget, type TargetResult } from "./ingest-target.ts";
import { parseInstant } from "./instant.ts";
import type { Plan } from "./plan.ts";
import { type RetryResult, retryDeadLetters } from "./retry-dead-letters.ts";
import { type Given, missingSettings, readSettings, type Setting, settingsOf } from "./setting.ts";
import type { Source } from "./source.ts";

/** A source as the list of sources holds it: its types are closed over, so that nobody needs a cast. */
export interface DefinedSource {
	readonly name: string;
	readonly idle: string;
	readonly settings: readonly Setting[];
	/** The settings it cannot run without and that are not given. */
	missing(given: Given): readonly Setting[];
	/** Ingests every target in turn; a target that fails stops no other. */
	ingest(plan: Plan, given: Given): AsyncIterable<TargetResult>;
	/** Parses the dead letters again and stores those that now fit. */
	retry(plan: Pick<Plan, "db" | "cut">): Promise<RetryResult>;
}

export function defineSource<Config, Cursor, Entry>(source: Source<Config, Cursor, Entry>): DefinedSource {
	const { name, idle } = source;
	return {
		name,
		idle,
		settings: settingsOf(source.config),
		missing: (given) => missingSettings(source.config, given),
		async *ingest(plan, given) {
			const context = contextOf(plan, readSettings(source.config, given));
			const reach = reachOf(plan, source.reachMs);
			const shape = shapeOf(source, context.config);
			for await (const target of source.targets(context)) {
				if (plan.signal.aborted) return;
				yield await ingestTarget({ source, target, context, reach, shape, plan });
			}
		},
		retry: (plan) => retryDeadLetters(source, plan),
	};
}

function contextOf<Config>(plan: Plan, config: Config): Context<Config> {
	const report: Pick<Reporter, "info" | "warn"> = plan.report;
	return {
		config,
		floor: plan.floor,
		signal: plan.signal,
		report,
		invocation: plan,
		workList: (name, repositoryId) => readWorkList(plan.db, name, repositoryId),
	};
}

function reachOf({ since, now }: Plan, reachMs: number | undefined): string | null {
	if (since !== null || reachMs === undefined) return null;
	return parseInstant(new Date(Date.parse(now) - reachMs).toISOString());
}

/** A hash of those settings that decide which rows an entry becomes. */
function shapeOf<Config, Cursor, Entry>(source: Source<Config, Cursor, Entry>, config: Config): string {
	const shaping = settingsOf(source.config).filter(({ shapesRows }) => shapesRows);
	const values = Object.entries(config as object).filter(([key]) => shaping.some((each) => each.key === key));
	return hash("sha256", JSON.stringify(values), "hex").slice(0, 16);
}
