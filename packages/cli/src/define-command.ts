import { type Given, readSecrets, type Setting } from "@tidemark/core";
import { UsageError } from "@tidemark/db";
import { createRedactor, formatJson } from "@tidemark/text";
import { everywhere, type Flags, type Parsed, parseFlags, type SettingGroup } from "./flags.ts";
import { formatHelp } from "./help.ts";
import type { Terminal } from "./terminal.ts";

/** One command of the command line, or one of a group. */
export interface Command {
	/** As it is typed: `stats`, `dead-letters show`. */
	readonly name: string;
	/** What it is for and what a user of it has to know. */
	readonly about: string;
	/** @returns the exit code: 0 all well, 1 something failed, 2 usage, 75 partial or locked, 130 after Ctrl-C */
	run(args: readonly string[], shell: Shell): Promise<number>;
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
	/** Prints a result: as lines, or with --json as it is. */
	show(result: unknown, lines: readonly string[]): void;
}

interface CommandDefinition extends Pick<Command, "name" | "about"> {
	readonly flags?: Flags;
	/** Default: those of every command that opens the configured database. */
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
export function defineCommand(definition: CommandDefinition): Command {
	const { name, about, flags = {}, settings = [everywhere], inherited = [], positionals, after } = definition;
	const listed = settings.flatMap((group) => group.settings);
	return {
		name,
		about,
		async run(args, { environment, terminal, interrupt }) {
			if (wantsHelp(args)) {
				const usage = [name, positionals?.label, "[flags]"].filter(Boolean).join(" ");
				terminal.print(formatHelp({ usage: [usage], about, flags, settings, after }));
				return exitCode.ok;
			}
			const parsed = parseFlags(args, flags, listed);
			const given = { flags: parsed.flags, environment };
			hideSecrets([...listed, ...inherited], given, terminal);
			const surplus = parsed.positionals[positionals?.max ?? 0];
			if (surplus !== undefined) {
				throw new UsageError(`"${surplus}" was not expected.`, { fix: `See pnpm telemetry ${name} --help.` });
			}
			const show = (result: unknown, lines: readonly string[]) => {
				for (const line of given.flags.json ? [formatJson(result)] : lines) terminal.print(line);
			};
			return definition.run({ given, positionals: parsed.positionals, terminal, interrupt, show });
		},
	};
}

/** A command made of several, as `db status` and `db migrate`: the first one runs if an argument names none of them. */
export function groupCommands(name: string, about: string, commands: readonly [Command, ...Command[]]): Command {
	const find = (arg: string) => commands.find((each) => each.name === `${name} ${arg}`);
	return {
		name,
		about,
		async run(args, shell) {
			const place = args.findIndex(find);
			const command = find(args[place] ?? "");
			if (command) return command.run(args.toSpliced(place, 1), shell);
			if (wantsHelp(args)) {
				shell.terminal.print(formatHelp({ usage: commands.map((each) => `${each.name} [flags]`), about, commands }));
				return exitCode.ok;
			}
			if (args[0] === undefined || args[0].startsWith("-")) return commands[0].run(args, shell);
			const names = commands.map((each) => each.name).join(", ");
			throw new UsageError(`There is no "${name} ${args[0]}".`, { fix: `Use one of: ${names}.` });
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
