import { type Given, readSecrets, type Setting } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { createRedactor } from "@tidemark/text";
import { type Flag, findPositional, type Parsed, parseFlags, type SettingGroup } from "./flags.ts";
import { formatHelp } from "./help.ts";
import type { Terminal } from "./terminal.ts";

/** One command of the command line. */
export interface Command {
	/** As it is typed: `stats`, `dead-letters show`. */
	readonly name: string;
	/** What it is for, in a line. */
	readonly summary: string;
	/** @returns the exit code: 0 all well, 1 something failed, 2 usage, 75 partial or locked, 130 after Ctrl-C */
	run(args: readonly string[], shell: Shell): Promise<number>;
}

/** A command that can be one of a group. */
export interface DefinedCommand extends Command {
	/** The flags and settings that it knows. */
	readonly known: readonly (Flag | Setting)[];
}

/** What surrounds a command. */
export interface Shell {
	readonly environment: Given["environment"];
	readonly terminal: Terminal;
	/** Aborted by Ctrl-C: the page in flight is finished first. */
	readonly interrupt: AbortSignal;
}

/** What a command is run with. */
export interface Call extends Pick<Shell, "terminal" | "interrupt"> {
	readonly given: Given;
	readonly positionals: Parsed["positionals"];
}

interface CommandDefinition extends Pick<Command, "name" | "summary"> {
	/** What a user of it has to know. */
	readonly about: string;
	readonly flags?: readonly Flag[];
	readonly settings?: readonly SettingGroup[];
	/** Settings that it reads from the environment alone: their secrets are hidden, too. */
	readonly inherited?: readonly Setting[];
	/** What is typed without a flag, and how many of it at most. Default: nothing. */
	readonly positionals?: { readonly label: string; readonly max: number } | undefined;
	/** The end of the help page. */
	readonly after?: string;
	run(call: Call): Promise<number>;
}

export const exitCode = { ok: 0, failed: 1, usage: 2, unfinished: 75, interrupted: 130 } as const;

/** A command whose help page and parser come from one definition. */
export function defineCommand(definition: CommandDefinition): DefinedCommand {
	const { name, summary, about, flags = [], settings = [], inherited = [], positionals, after } = definition;
	const listed = settings.flatMap((group) => group.settings);
	const known = [...flags, ...listed];
	return {
		name,
		summary,
		known,
		async run(args, { environment, terminal, interrupt }) {
			if (wantsHelp(args)) {
				const usage = [name, positionals?.label, "[flags]"].filter(Boolean).join(" ");
				terminal.print(formatHelp({ usage: [usage], about, flags, settings, after }));
				return exitCode.ok;
			}
			const parsed = parseFlags(args, known);
			const given = { flags: parsed.flags, environment };
			hideSecrets([...listed, ...inherited], given, terminal);
			const surplus = parsed.positionals[positionals?.max ?? 0];
			if (surplus !== undefined) {
				throw new UsageError(`"${surplus}" was not expected.`, { fix: `See pnpm telemetry ${name} --help.` });
			}
			return definition.run({ given, positionals: parsed.positionals, terminal, interrupt });
		},
	};
}

/**
 * A command made of several: `db status` and `db migrate`. The first argument that is no flag names one of them; the first
 * one runs if none is named.
 */
export function groupCommands(
	{ name, summary, about }: Pick<CommandDefinition, "name" | "summary" | "about">,
	commands: readonly [DefinedCommand, ...DefinedCommand[]],
): Command {
	const known = [...new Map(commands.flatMap((each) => each.known).map((each) => [each.flag, each])).values()];
	return {
		name,
		summary,
		async run(args, shell) {
			const place = findPositional(args, known);
			if (place === -1 && wantsHelp(args)) {
				shell.terminal.print(formatHelp({ usage: commands.map((each) => `${each.name} [flags]`), about, commands }));
				return exitCode.ok;
			}
			if (place === -1) return commands[0].run(args, shell);
			const wanted = `${name} ${args[place]}`;
			const command = commands.find((each) => each.name === wanted);
			if (command) return command.run(args.toSpliced(place, 1), shell);
			throw new UsageError(`There is no "${wanted}".`, {
				fix: `Use one of: ${commands.map((each) => each.name).join(", ")}.`,
			});
		},
	};
}

export function wantsHelp(args: readonly string[]): boolean {
	return args.includes("--help") || args.includes("-h");
}

/** A secret that is too short to hide is named once, by its setting. */
function hideSecrets(settings: readonly Setting[], given: Given, terminal: Terminal): void {
	terminal.hide(readSecrets(settings, given));
	const short = settings.filter((each) => createRedactor(readSecrets([each], given)).tooShort > 0);
	if (short.length === 0) return;
	const names = [...new Set(short.map(({ env }) => env))].join(", ");
	terminal.note(`Warning: A secret of fewer than 6 characters cannot be hidden in messages: ${names}.`);
}
