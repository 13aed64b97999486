import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase, runIngestion } from "@tidemark/core";
import { sources } from "@tidemark/sources";
import { overview, renderTerminal } from "@tidemark/stats";
import { type Command, exitCode } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { helpPage } from "../help.ts";
import { exitCodeOf, printIngestion } from "../ingest-report.ts";
import { moveToNow } from "../move-to-now.ts";
import { reporterFor } from "../reporter.ts";

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
export const demo: Command = {
	help: () =>
		helpPage({
			usage: ["demo"],
			words: `Ingests the real calls of examples/ into an embedded database in ${directory} and shows the figures. Touches nothing else; run it again for a fresh start.`,
			flags: [],
		}),
	async run(args, shell) {
		parseFlags(args, []);
		const { terminal } = shell;
		terminal.print("Tidemark on example data: 28,190 real LLM calls (examples/, with origin and licence beside them).");
		terminal.print(
			"Their dates are moved so that the newest call is now. Azure's traces name no model; gpt-4 is assumed.\n",
		);
		await rm(directory, { recursive: true, force: true });
		// Its own database, whatever is configured.
		const own = { environment: {}, flags: { "db-dir": join(directory, "db") } };
		await using db = await openDatabase(own);
		const csv = sources.filter(({ name }) => name === "csv");
		for (const { example, flags } of files) {
			const path = join(directory, example.slice(example.indexOf("/") + 1));
			await moveToNow(new URL(example, examples), path);
			const given = { ...own, flags: { ...own.flags, ...flags, path: [path] } };
			const outcome = await runIngestion({
				db,
				sources: csv,
				given,
				isNamed: false,
				cancel: shell.interrupt,
				report: reporterFor(shell.terminal),
			});
			printIngestion(outcome, terminal);
			const code = exitCodeOf(outcome, shell.interrupt.aborted);
			if (code !== exitCode.ok) return code;
		}
		const since = new Date(Date.now() - 7 * 86_400_000).toISOString();
		const seen = await overview(db, { since, by: "model" });
		terminal.print(`\n${renderTerminal(seen, { width: terminal.width, color: terminal.hasColor })}`);
		terminal.print(next);
		return exitCode.ok;
	},
};

const next = `
Now with your own data:
  npx -y pnpm@12 telemetry:ingest:csv <your usage file>   one line for each call to a model; see --help
  npx -y pnpm@12 telemetry:ingest:all                     everything that is set up, and what is not yet
  npx -y pnpm@12 telemetry:stats                          the figures`;
