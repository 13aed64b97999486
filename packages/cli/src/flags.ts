import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { type Given, generalSettings, listSettings, type Setting } from "@tidemark/core";
import { readErrorCode, UsageError } from "@tidemark/db";

/** Flags of a command itself, not settings, with their words. `limit <n>` takes a value, `json` is a switch. */
export type Flags = Readonly<Record<string, string>>;

/** Settings under a title of the help page. */
export interface SettingGroup {
	readonly title: string;
	readonly settings: readonly Setting[];
}

export const jsonFlag: Flags = { json: "Print raw figures as JSON." };

export const sinceFlag: Flags = {
	"since <time>": "The start of the period: 30d, 12h, 2026-02-01 or a timestamp. Default: 30d.",
};

/** The settings of every command that opens the configured database. */
export const everywhere: SettingGroup = { title: "Everywhere", settings: listSettings(generalSettings) };

export interface Parsed {
	readonly flags: Given["flags"];
	readonly positionals: readonly string[];
}

/** Reads the arguments of a command. @throws UsageError naming what is not understood */
export function parseFlags(args: readonly string[], flags: Flags, settings: readonly Setting[]): Parsed {
	const options: ParseArgsOptionsConfig = {};
	const takes = (value: string | undefined) => (value === undefined ? "boolean" : "string");
	for (const [flag = "", value] of Object.keys(flags).map((name) => name.split(" "))) {
		options[flag] = { type: takes(value) };
	}
	for (const { flag, value, many = false } of settings) options[flag] = { type: takes(value), multiple: many };
	try {
		const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
		// No switch may be given several times, so a list is one of texts.
		return { flags: values as Given["flags"], positionals };
	} catch (cause) {
		if (!readErrorCode(cause)?.startsWith("ERR_PARSE_ARGS")) throw cause;
		const reason = cause instanceof Error ? cause.message.split(". ")[0] : "";
		const names = Object.keys(options).join(" --");
		throw new UsageError(`${reason}.`, { fix: `${names ? `Known here: --${names}. ` : ""}See --help.`, cause });
	}
}

/** The value of --limit, 20 without one. @throws UsageError unless it is a whole number from 1 on */
export function readLimit({ limit = "20" }: Given["flags"], things: string): number {
	const number = Number(limit);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new UsageError(`--limit ${String(limit)} is not a number of ${things}.`, {
		fix: "Use for example --limit 50.",
	});
}
