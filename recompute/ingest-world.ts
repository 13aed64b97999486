import type { ReadTarget } from "./figures/ingestions.ts";
import type { CallFile, RawWorld } from "./figures/raw.ts";
import { openGithub } from "./simulated-github.ts";
import { type Telemetry, telemetry } from "./telemetry.ts";

const githubSources = ["runs", "pulls", "commits", "jobs"].map((name) => `github:${name}`);

/** Collects a world through the command line: GitHub at each look, and all files of calls. Returns what was read last. */
export async function ingestWorld(world: RawWorld, command: Telemetry): Promise<ReadTarget[]> {
	const read = new Map<string, ReadTarget>();
	const ingest = async (family: string, names: readonly string[], args: readonly string[]) => {
		// Clocks are changed only twice a year: a world may reach back further than rows are usually kept.
		const kept = ["--since", world.since, "--retention", "12mo"];
		const { started, ended } = await telemetry(command, ["ingest", family, ...args, ...kept]);
		for (const source of family === "github" ? githubSources : [family]) {
			for (const target of names) read.set(`${source} ${target}`, { source, target, started, ended });
		}
	};
	await using github = await openGithub(world);
	const names = world.repositories.map(({ repository }) => repository);
	const access = ["--api-url", github.url, "--github-token", "test-token", "--keep-free", "0%"];
	for (const look of world.looks) {
		github.clock.set(look);
		await ingest("github", names, [...names.flatMap((name) => ["--repo", name]), ...access]);
	}
	for (const file of world.callFiles.filter(({ source }) => source === "csv"))
		await ingest("csv", [file.path], csvArguments(file));
	for (const family of ["portkey", "litellm", "agents", "otlp"]) {
		const paths = world.callFiles.filter(({ source }) => familyOf(source) === family).map(({ path }) => path);
		if (paths.length > 0) await ingest(family, paths, paths);
	}
	return [...read.values()];
}

function familyOf(source: CallFile["source"]): string {
	return source === "claude" || source === "codex" ? "agents" : source;
}

function csvArguments({ path, columns = {}, model }: CallFile): string[] {
	const map = Object.entries(columns).map(([field, column]) => `${field}=${column}`);
	return [path, ...(map.length > 0 ? ["--map", map.join(",")] : []), ...(model ? ["--default", `model=${model}`] : [])];
}
