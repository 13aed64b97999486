import { withEnvFile } from "@tidemark/core";
import { codeOf, LockedError, secretsOf, UsageError } from "@tidemark/db";
import { type Command, exitCode, type Shell } from "./command.ts";
import { printError } from "./print-error.ts";
import { type Terminal, terminalOf } from "./terminal.ts";

/** The verbs; each is loaded when it is called, so that none pays for the others. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
	demo: async () => (await import("./commands/demo.ts")).demo,
	ingest: async () => (await import("./commands/ingest.ts")).ingest,
	stats: async () => (await import("./commands/stats.ts")).stats,
	prune: async () => (await import("./commands/prune.ts")).prune,
	"dead-letters": async () => (await import("./commands/dead-letters.ts")).deadLetters,
	db: async () => (await import("./commands/db.ts")).db,
	worker: async () => (await import("./commands/worker.ts")).worker,
};

const args = process.argv.slice(2);
const environment = withEnvFile(process.env, ".env");
const terminal = terminalOf({
	stdout: process.stdout,
	stderr: process.stderr,
	environment,
	redact: redactor([environment.DATABASE_URL, ...args]),
});
// Whoever closes the pipe early, as `head` does, has seen enough.
process.stdout.on("error", (error) => process.exit(codeOf(error) === "EPIPE" ? exitCode.ok : exitCode.failed));
process.exitCode = await main({ environment, terminal, interrupt: interruptSignal(terminal) });

async function main(shell: Shell): Promise<number> {
	const [name = "help", ...rest] = args;
	try {
		if (name === "help" || name === "--help" || name === "-h") {
			shell.terminal.print(await overviewHelp());
			return exitCode.ok;
		}
		const load = commands[name];
		if (!load) {
			throw new UsageError(`There is no command "${name}".`, {
				fix: `Use one of: ${Object.keys(commands).join(", ")}.`,
			});
		}
		const command = await load();
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

async function overviewHelp(): Promise<string> {
	const lines = await Promise.all(
		Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(14)}${(await load()).summary}`),
	);
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

function redactor(texts: readonly (string | undefined)[]): (text: string) => string {
	const secrets = texts.flatMap((text) => (text?.includes("://") ? secretsOf(text) : []));
	return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "***"), text);
}
