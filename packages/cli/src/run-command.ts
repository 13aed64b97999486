import { addEnvFile } from "@tidemark/core";
import { LockedError, UsageError } from "@tidemark/db";
import { type Command, exitCode } from "./define-command.ts";
import { openTerminal, printError, type Terminal } from "./terminal.ts";

/** Runs one of the known commands. @returns its exit code */
export async function runCommand(known: readonly string[], name: string, args: readonly string[]): Promise<number> {
	let terminal = openTerminal(process.env);
	try {
		const environment = addEnvFile(process.env, ".env");
		terminal = openTerminal(environment);
		if (!known.includes(name)) {
			throw new UsageError(`There is no command "${name}".`, { fix: `Use one of: ${known.join(", ")}.` });
		}
		const { command }: { command: Command } = await import(`./commands/${name}.ts`);
		return await command.run(args, { environment, terminal, interrupt: interruptSignal(terminal) });
	} catch (error) {
		printError(error, terminal);
		if (error instanceof UsageError) return exitCode.usage;
		return error instanceof LockedError ? exitCode.unfinished : exitCode.failed;
	}
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
