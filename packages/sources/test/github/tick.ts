import { type Given, makePlan, type Reporter, runSources, type TargetResult } from "@tidemark/core";
import { type Database, parseRetention } from "@tidemark/db";
import type { SimulatedGithub } from "@tidemark/world/github";
import { sources } from "../../src/index.ts";

export interface TickOptions {
	/** All four without it. */
	readonly only?: readonly string[];
	readonly flags?: Given["flags"];
	/** `6mo`; keeps everything without one. */
	readonly retention?: string;
	readonly since?: string;
	readonly cancel?: AbortSignal;
}

/** What a person would have seen. */
export interface Tick {
	readonly targets: readonly TargetResult[];
	readonly errors: readonly unknown[];
	readonly infos: readonly string[];
	readonly warnings: readonly string[];
}

const beginning = "2015-01-02T00:00:00.000000Z";

/** One collection of a simulated GitHub, as `ingest github` makes it, with the whole budget of the token and since ever. */
export async function tick(
	db: Database,
	github: Pick<SimulatedGithub, "url">,
	options: TickOptions = {},
): Promise<Tick> {
	const infos: string[] = [];
	const warnings: string[] = [];
	const report: Reporter = {
		info: (text) => infos.push(text),
		warn: (text) => warnings.push(text),
		progress: () => undefined,
	};
	const chosen = sources.filter(({ name }) => options.only?.includes(name) ?? name.startsWith("github:"));
	const plan = await makePlan({
		db,
		retention: options.retention === undefined ? undefined : parseRetention(options.retention),
		since: options.since ?? beginning,
		cancel: options.cancel,
		report,
	});
	const flags = { "api-url": github.url, repo: ["acme/app"], "github-token": "test-token", "keep-free": "0%" };
	const results = await runSources(
		chosen,
		plan,
		{ flags: { ...flags, ...options.flags }, environment: {} },
		{ isNamed: true },
	);
	const ran = results.flatMap((result) => (result.outcome === "skipped" ? [] : [result]));
	const targets = ran.flatMap((result) => result.targets);
	const errors = [
		...ran.flatMap((result) => (result.outcome === "failed" ? [result.error] : [])),
		...targets.flatMap(({ outcome, error }) => (outcome === "failed" ? [error] : [])),
	];
	return { targets, errors, infos, warnings };
}

/** One that is expected to end well: throws what failed. */
export async function goodTick(
	db: Database,
	github: Pick<SimulatedGithub, "url">,
	options: TickOptions = {},
): Promise<Tick> {
	const ticked = await tick(db, github, options);
	for (const error of ticked.errors) throw error;
	return ticked;
}
