import { withEnvFile } from "@tidemark/core";
import { codeOf, LockedError, UsageError } from "@tidemark/db";
import { type Command, exitCode, type Shell } from "./command.ts";
import { printError } from "./print-error.ts";
import { redactor } from "./redactor.ts";
import { type Terminal, terminalOf } from "./terminal.ts";

interface Verb {
	/** What it is for, in a line. */
	readonly summary: string;
	load(): Promise<Command>;
}

/** The verbs. Each is loaded when it is called, so that none pays for the others. */
const commands: Readonly<Record<string, Verb>> = {
	demo: {
		summary: "Show everything on example data, in a database of its own.",
		load: async () => (await import("./commands/demo.ts")).demo,
	},
	ingest: {
		summary: "Collect what is new from the sources into the database.",
		load: async () => (await import("./commands/ingest.ts")).ingest,
	},
	stats: {
		summary: "Show what CI and the calls to models did and cost, and how the last ingestions went.",
		load: async () => (await import("./commands/stats.ts")).stats,
	},
	prompts: {
		summary: "List the prompts that a gateway logged.",
		load: async () => (await import("./commands/prompts.ts")).prompts,
	},
	prune: {
		summary: "Delete what is older than the retention.",
		load: async () => (await import("./commands/prune.ts")).prune,
	},
	verify: {
		summary: "Compare what is stored with GitHub's own lists: nothing missing, nothing stale.",
		load: async () => (await import("./commands/verify.ts")).verify,
	},
	"dead-letters": {
		summary: "Look at entries that could not be stored, and try them again.",
		load: async () => (await import("./commands/dead-letters.ts")).deadLetters,
	},
	db: {
		summary: "Bring the database's tables up to date, or show their state.",
		load: async () => (await import("./commands/db.ts")).db,
	},
	worker: {
		summary: "Run `ingest all` again and again until Ctrl-C.",
		load: async () => (await import("./commands/worker.ts")).worker,
	},
};

const args = process.argv.slice(2);
const environment = withEnvFile(process.env, ".env");
const terminal = terminalOf({
	stdout: process.stdout,
	stderr: process.stderr,
	environment,
	redact: redactor(environment, args),
});
// Whoever closes the pipe early, as `head` does, has seen enough.
process.stdout.on("error", (error) => process.exit(codeOf(error) === "EPIPE" ? exitCode.ok : exitCode.failed));
process.exitCode = await main({ environment, terminal, interrupt: interruptSignal(terminal) });

async function main(shell: Shell): Promise<number> {
	const [name = "help", ...rest] = args;
	try {
		if (name === "help" || name === "--help" || name === "-h") {
			shell.terminal.print(overviewHelp());
			return exitCode.ok;
		}
		const verb = commands[name];
		if (!verb) {
			throw new UsageError(`There is no command "${name}".`, {
				fix: `Use one of: ${Object.keys(commands).join(", ")}.`,
			});
		}
		const command = await verb.load();
		if (rest.includes("--help") || rest.includes("-h")) {
			shell.terminal.print(await command.help());
			return exitCode.ok;
		}
		return await command.run(rest, shell);
	} catch (error) {
		printError(error, shell.terminal);
		if (error instanceof UsageError) return exitCode.usage;
		return error instanceof LockedError ? exitCode.unfinished : exitCode.failed;
	}
}

function overviewHelp(): string {
	const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`);
	return [
		"Tidemark: what your machines did and what they cost, in one PostgreSQL database.",
		"",
		"Usage: pnpm telemetry <command> [flags]",
		"",
		...lines,
		"",
		"pnpm telemetry <command> --help tells more. Nothing set up yet? Start with: pnpm telemetry demo",
	].join("\n");
}

/** The first Ctrl-C asks for an end in good order, the second one insists. */
function interruptSignal({ note }: Terminal): AbortSignal {
	const controller = new AbortController();
	const interrupt = () => {
		if (controller.signal.aborted) process.exit(exitCode.interrupted);
		note("Stopping after the page in flight; once more to stop at once.");
		controller.abort();
	};
	process.on("SIGINT", interrupt);
	process.on("SIGTERM", interrupt);
	return controller.signal;
}
