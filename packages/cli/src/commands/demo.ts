import { rm } from "node:fs/promises";
import { join } from "node:path";
import { chooseSources, type Given, openDatabase } from "@tidemark/core";
import { sources } from "@tidemark/sources";
import { readOverview, renderTerminal } from "@tidemark/stats";
import { defineCommand, exitCode } from "../define-command.ts";
import { copyToNow, openDemoGithub } from "../demo-data.ts";
import { ingestAndReport } from "../ingest-report.ts";

const directory = join(".telemetry", "demo");
const examples = new URL("../../../../examples/", import.meta.url);

/** The files of `examples/`, and the flags with which `ingest csv` reads them. */
const files = [
	{ example: "usage-csv/usage.csv", flags: {} },
	...["code", "conv"].map((kind) => ({
		example: `azure-llm/AzureLLMInferenceTrace_${kind}.csv`,
		flags: { map: ["prompt_tokens=ContextTokens", "completion_tokens=GeneratedTokens"], default: ["model=gpt-4"] },
	})),
];

/** `telemetry demo` */
export const command = defineCommand({
	name: "demo",
	about: `Collects the example data of examples/ into an embedded database in ${directory} and shows the figures: four weeks of a repository from a simulated GitHub, and real calls to models. It touches nothing else; run it again for a fresh start.`,
	settings: [],
	async run(call) {
		const { terminal } = call;
		for (const line of introduction) terminal.print(line);
		await rm(directory, { recursive: true, force: true });
		// A database of its own, whatever is configured.
		await using db = await openDatabase({ environment: {}, flags: ownDatabase });
		for await (const { family, flags } of prepareIngestions()) {
			const given = { environment: {}, flags: { ...ownDatabase, ...flags } };
			const task = { db, sources: chooseSources(sources, [family]), given, isNamed: false };
			const code = await ingestAndReport(task, call);
			if (code !== exitCode.ok) return code;
		}
		const since = new Date(Date.now() - 28 * 86_400_000).toISOString();
		const seen = await readOverview(db, { since });
		terminal.print(`\n${renderTerminal(seen, { width: terminal.width, color: terminal.hasColor })}`);
		terminal.print(nextSteps);
		return exitCode.ok;
	},
});

const ownDatabase = { "db-dir": join(directory, "db") };

/** What is collected, one after the other. */
async function* prepareIngestions(): AsyncIterable<{ family: string; flags: Given["flags"] }> {
	await using github = await openDemoGithub(new URL("github-world/world.json", examples));
	const access = { "api-url": github.url, "github-token": "test-token", repo: [github.repository] };
	yield { family: "github", flags: { ...access, "keep-free": "0%" } };
	for (const { example, flags } of files) {
		const path = join(directory, example.slice(example.indexOf("/") + 1));
		await copyToNow(new URL(example, examples), path);
		yield { family: "csv", flags: { ...flags, path: [path] } };
	}
}

const introduction = [
	"Tidemark on example data (examples/, with origin and licence beside it): four weeks of a repository from a",
	"simulated GitHub, and 28,190 real calls to models. All times are moved so that the newest is now.",
	"Azure's traces name no model; gpt-4 is assumed.",
	"",
];

const nextSteps = `
Now with your own data:
  npx -y pnpm@12 telemetry:ingest:github --repo <owner/name>   runs, jobs, pull requests, commits; a token in GITHUB_TOKEN
  npx -y pnpm@12 telemetry:ingest:csv <your usage file>        one line for each call to a model; see --help
  npx -y pnpm@12 telemetry:ingest:all                          everything that is set up, and what is not yet
  npx -y pnpm@12 telemetry:stats                               the figures`;
