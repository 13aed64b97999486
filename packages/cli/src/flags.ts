import { parseArgs } from "node:util";
import { type Given, generalSettings, listSettings, type Setting } from "@tidemark/core";
import { readErrorCode, UsageError } from "@tidemark/db";

/** A flag of a command itself, not a setting. */
export interface Flag {
	readonly flag: string;
	/** Stands for its value in help; a flag without one is a switch. */
	readonly value?: string;
	readonly words: string;
}

/** Settings under a title of the help page. */
export interface SettingGroup {
	readonly title: string;
	readonly settings: readonly Setting[];
}

export const jsonFlag: Flag = { flag: "json", words: "Print raw figures as JSON." };

export const sinceFlag: Flag = {
	flag: "since",
	value: "<time>",
	words: "The start of the period: 30d, 12h, 2026-02-01 or a timestamp. Default: 30d.",
};

/** The settings of every command that opens the configured database. */
export const everywhere: SettingGroup = { title: "Everywhere", settings: listSettings(generalSettings) };

export interface Parsed {
	readonly flags: Given["flags"];
	readonly positionals: readonly string[];
}

/**
 * Reads the arguments of a command.
 * @throws UsageError naming what is not understood
 */
export function parseFlags(args: readonly string[], known: readonly (Flag | Setting)[]): Parsed {
	try {
		const { values, positionals } = parseArgs({ args: [...args], options: toOptions(known), allowPositionals: true });
		const flags = Object.entries(values).map(([flag, value]) => [
			flag,
			typeof value === "object" ? value.map(String) : value,
		]);
		return { flags: Object.fromEntries(flags), positionals };
	} catch (cause) {
		if (!readErrorCode(cause)?.startsWith("ERR_PARSE_ARGS")) throw cause;
		const reason = cause instanceof Error ? cause.message.split(". ")[0] : "";
		const flags = known.map(({ flag }) => `--${flag}`).join(" ");
		throw new UsageError(`${reason}.`, { fix: `${flags ? `Known here: ${flags}. ` : ""}See --help.`, cause });
	}
}

function toOptions(known: readonly (Flag | Setting)[]) {
	return Object.fromEntries(
		known.map((each) => [
			each.flag,
			{
				type: each.value === undefined ? ("boolean" as const) : ("string" as const),
				multiple: "many" in each && each.many === true,
			},
		]),
	);
}

/**
 * The value of --limit, 20 without one.
 * @throws UsageError unless it is a whole number from 1 on
 */
export function readLimit({ limit = "20" }: Given["flags"], things: string): number {
	const number = Number(limit);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new UsageError(`--limit ${String(limit)} is not a number of ${things}.`, {
		fix: "Use for example --limit 50.",
	});
}
