import { addEnvFile } from "@tidemark/core";
import { LockedError, readErrorCode, UsageError } from "@tidemark/db";
import { type Command, exitCode, wantsHelp } from "./define-command.ts";
import { openTerminal, printError, type Terminal } from "./terminal.ts";

/** Each command is loaded when it is called, so that none pays for the others. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
	demo: async () => (await import("./commands/demo.ts")).demo,
	ingest: async () => (await import("./commands/ingest.ts")).ingest,
	stats: async () => (await import("./commands/stats.ts")).stats,
	prompts: async () => (await import("./commands/prompts.ts")).prompts,
	prune: async () => (await import("./commands/prune.ts")).prune,
	verify: async () => (await import("./commands/verify.ts")).verify,
	"dead-letters": async () => (await import("./commands/dead-letters.ts")).deadLetters,
	db: async () => (await import("./commands/db.ts")).db,
	worker: async () => (await import("./commands/worker.ts")).worker,
};

/** Runs the command of this process's arguments. @returns its exit code */
export async function start(): Promise<number> {
	const { stdout, stderr } = process;
	let terminal = openTerminal({ stdout, stderr, environment: process.env });
	// A reader that closes the pipe early, as `head` does, has seen enough.
	stdout.on("error", (error) => process.exit(readErrorCode(error) === "EPIPE" ? exitCode.ok : exitCode.failed));
	// What follows a lone -- is what `pnpm run` passes through.
	const [name, ...args] = process.argv.slice(2).filter((arg) => arg !== "--");
	try {
		const environment = addEnvFile(process.env, ".env");
		terminal = openTerminal({ stdout, stderr, environment });
		if (name === undefined || name === "help" || wantsHelp([name])) {
			terminal.print(await describeCommands());
			return exitCode.ok;
		}
		const load = commands[name];
		if (!load) {
			throw new UsageError(`There is no command "${name}".`, {
				fix: `Use one of: ${Object.keys(commands).join(", ")}.`,
			});
		}
		const command = await load();
		return await command.run(args, { environment, terminal, interrupt: interruptSignal(terminal) });
	} catch (error) {
		printError(error, terminal);
		if (error instanceof UsageError) return exitCode.usage;
		return error instanceof LockedError ? exitCode.unfinished : exitCode.failed;
	}
}

async function describeCommands(): Promise<string> {
	const loaded = await Promise.all(Object.values(commands).map((load) => load()));
	return [
		"Tidemark: what your machines did and what they cost, in one PostgreSQL database.",
		"",
		"Usage: pnpm telemetry <command> [flags]",
		"",
		...loaded.map(({ name, summary }) => `  ${name.padEnd(14)}${summary}`),
		"",
		"pnpm telemetry <command> --help explains a command. Nothing set up yet? Start with: pnpm telemetry demo",
	].join("\n");
}

/** The first Ctrl-C asks for an orderly end, the second one ends the process. */
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
