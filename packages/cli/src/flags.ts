import { parseArgs } from "node:util";
import type { Given, Setting } from "@tidemark/core";
import { codeOf, UsageError } from "@tidemark/db";

/** A flag of a command itself, not a setting. */
export interface Flag {
	readonly flag: string;
	/** Stands for its value in help; a flag without one is a switch. */
	readonly value?: string;
	readonly words: string;
}

export const jsonFlag: Flag = { flag: "json", words: "Print raw figures as JSON." };

export interface Parsed {
	readonly flags: Given["flags"];
	readonly positionals: readonly string[];
}

/**
 * Reads the arguments of a command.
 * @throws UsageError naming what is not understood
 */
export function parseFlags(args: readonly string[], known: readonly (Flag | Setting)[]): Parsed {
	const options = Object.fromEntries(
		known.map((each) => [
			each.flag,
			{
				type: each.value === undefined ? ("boolean" as const) : ("string" as const),
				multiple: "many" in each && each.many === true,
			},
		]),
	);
	try {
		// What follows a lone -- is what `pnpm run` hands through.
		const { values, positionals } = parseArgs({
			args: args.filter((arg) => arg !== "--"),
			options,
			allowPositionals: true,
		});
		return {
			flags: Object.fromEntries(Object.entries(values).map(([flag, value]) => [flag, plain(value)])),
			positionals,
		};
	} catch (cause) {
		if (!codeOf(cause)?.startsWith("ERR_PARSE_ARGS")) throw cause;
		const reason = cause instanceof Error ? cause.message.split(". ")[0] : "";
		throw new UsageError(`${reason}.`, {
			fix: `Known here: ${known.map(({ flag }) => `--${flag}`).join(" ")}. See --help.`,
			cause,
		});
	}
}

function plain(value: string | boolean | readonly (string | boolean)[] | undefined) {
	return typeof value === "object" ? value.map(String) : value;
}
