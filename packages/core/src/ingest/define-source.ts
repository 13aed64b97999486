import { hash } from "node:crypto";
import { readWorkList } from "@tidemark/db";
import type { Kind } from "../kind.ts";
import { type Given, missingSettings, readSettings, type Setting, settingsOf } from "../settings/setting.ts";
import type { Context, Source } from "../source.ts";
import { formatInstant } from "../time/parse-instant.ts";
import { ingestTarget, type TargetResult } from "./ingest-target.ts";
import type { Plan } from "./plan.ts";
import { type RetryResult, retryDeadLetters } from "./retry-dead-letters.ts";

/** A kind as a list of kinds holds it: its types are closed over, so that nobody needs a cast. */
export interface DefinedKind {
	readonly name: string;
	/** Takes its dead letters in again. */
	retry(plan: Pick<Plan, "db" | "cut" | "clock">): Promise<RetryResult>;
}

/** A source as the list of sources holds it. */
export interface DefinedSource extends DefinedKind {
	readonly idle: string;
	readonly settings: readonly Setting[];
	/** The settings that it cannot run without and that are not given. */
	missing(given: Given): readonly Setting[];
	/** Ingests every target in turn; a target that fails stops no other. */
	ingest(plan: Plan, given: Given): AsyncIterable<TargetResult>;
}

export function defineKind<Entry>(kind: Kind<Entry>): DefinedKind {
	return { name: kind.name, retry: (plan) => retryDeadLetters(kind, plan) };
}

export function defineSource<Config, Cursor, Entry>(source: Source<Config, Cursor, Entry>): DefinedSource {
	return {
		...defineKind(source),
		idle: source.idle,
		settings: settingsOf(source.config),
		missing: (given) => missingSettings(source.config, given),
		async *ingest(plan, given) {
			const context = makeContext(plan, readSettings(source.config, given));
			const reach = findReach(plan, source.reachMs);
			const shape = hashShape(source, context.config);
			for await (const target of source.targets(context)) {
				if (plan.signal.aborted) return;
				yield await ingestTarget({ source, target, context, reach, shape, plan });
			}
		},
	};
}

function makeContext<Config>(plan: Plan, config: Config): Context<Config> {
	return {
		config,
		floor: plan.floor,
		signal: plan.signal,
		report: plan.report,
		invocation: plan,
		workList: (name, repositoryId) => readWorkList(plan.db, name, repositoryId),
	};
}

function findReach({ since, clock }: Plan, reachMs: number | undefined): string | null {
	if (since !== null || reachMs === undefined) return null;
	return formatInstant(Date.parse(clock.start) - reachMs);
}

/** A hash of the settings that decide which rows an entry becomes. */
function hashShape<Config, Cursor, Entry>(source: Source<Config, Cursor, Entry>, config: Config): string {
	const shaping = settingsOf(source.config).filter(({ shapesRows }) => shapesRows);
	const values = Object.entries(config as object).filter(([key]) => shaping.some((each) => each.key === key));
	return hash("sha256", JSON.stringify(values), "hex").slice(0, 16);
}
