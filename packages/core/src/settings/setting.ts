import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { readErrorCode, UsageError } from "@tidemark/db";
import { listUrlSecrets } from "@tidemark/text";
import { z } from "zod";

/** How a setting is named and explained: the one text behind --help, .env.example and the README's table. */
export interface SettingWords {
	/** `TELEMETRY_CSV_PATH` */
	readonly env: string;
	/** As help shows it: `path <file>` is typed as `--path`, and without a name if `positional` is set; `loud` is a switch. */
	readonly flag: string;
	readonly words: string;
	readonly positional?: boolean;
	/** May be given several times; in the environment separated by commas or line ends. */
	readonly many?: boolean;
	/** Never printed. */
	readonly secret?: boolean;
	/** Changes which rows an entry becomes: what was ingested under another value is read again. */
	readonly shapesRows?: boolean;
}

export interface Setting extends SettingWords {
	/** The property of the configuration it fills. */
	readonly key: string;
	/** `<file>`; undefined for a switch. */
	readonly value: string | undefined;
	/** Printed in help; undefined if there is none. */
	readonly fallback: string | undefined;
}

/** What was typed and what the environment holds. Flags win. */
export interface Given {
	readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The environment with what a `.env` file adds to it. @throws UsageError if the file is there and cannot be read */
export function addEnvFile(environment: Given["environment"], path: string): Given["environment"] {
	try {
		return { ...parseEnv(readFileSync(path, "utf8").replace(/^\ufeff/, "")), ...environment };
	} catch (cause) {
		if (readErrorCode(cause) === "ENOENT") return environment;
		throw new UsageError(`${path} cannot be read.`, { fix: "Make it readable, or remove it.", cause });
	}
}

const registry = z.registry<SettingWords>();

/** How an environment turns a switch on and off. */
const switches = new Map([
	...["true", "1", "yes", "on"].map((text) => [text, true] as const),
	...["false", "0", "no", "off"].map((text) => [text, false] as const),
]);

/** Names and explains a field of a configuration schema. */
export function setting<Schema extends z.ZodType>(schema: Schema, words: SettingWords): Schema {
	registry.add(schema, words);
	return schema;
}

/** The settings of a configuration schema, in its order. */
export function listSettings(schema: z.ZodObject): Setting[] {
	return Object.entries(schema.shape).map(([key, field]) => {
		const words = registry.get(field);
		if (!words) throw new Error(`The field ${key} is not declared by setting(…).`);
		const [flag = "", value] = words.flag.split(" ");
		return { ...words, key, flag, value, fallback: findFallback(field) };
	});
}

/** What flags, environment and defaults make together. @throws UsageError naming the flag and variable that are wrong */
export function readSettings<Config>(schema: z.ZodObject & z.ZodType<Config>, given: Given): Config {
	const settings = listSettings(schema);
	const values = Object.fromEntries(settings.map((each) => [each.key, findValue(each, given)]));
	const result = schema.safeParse(values);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const wrong = settings.find(({ key }) => key === issue?.path[0]);
	if (!issue || !wrong) throw result.error;
	const { key, env, flag, words, secret } = wrong;
	const shown = secret ? "its value" : JSON.stringify(values[key]);
	const names = given.flags[flag] === undefined ? `${env} (--${flag})` : `--${flag} (${env})`;
	const complaint = `${shown} does not fit ${names}: ${issue.message}.`;
	throw new UsageError(values[key] === undefined ? `${env} is not set.` : complaint, {
		fix: `Set ${env} or pass --${flag}: ${words}`,
	});
}

/** The settings that a source cannot run without and that nobody has set. */
export function missingSettings(schema: z.ZodObject, given: Given): Setting[] {
	return listSettings(schema).filter((each) => {
		const field = schema.shape[each.key];
		return findValue(each, given) === undefined && field instanceof z.ZodType && !field.safeParse(undefined).success;
	});
}

/** What must not be printed: the values of settings marked secret, and the passwords of addresses. For `createRedactor`. */
export function readSecrets(settings: readonly Setting[], { flags, environment }: Given): string[] {
	return settings.flatMap(({ flag, env, secret }) =>
		[flags[flag], environment[env]]
			.flat()
			.filter((value) => typeof value === "string")
			.flatMap((value) => [...(secret ? [value.trim()] : []), ...(value.includes("://") ? listUrlSecrets(value) : [])]),
	);
}

function findValue({ flag, env, many, value: placeholder }: Setting, { flags, environment }: Given): unknown {
	const typed = flags[flag];
	if (typed !== undefined) return typed;
	// An empty variable is how a workflow passes on an input that nobody filled in.
	const value = environment[env]?.trim() || undefined;
	if (value !== undefined && placeholder === undefined) return switches.get(value.toLowerCase()) ?? value;
	return many
		? value
				?.split(/[,\n]/)
				.map((part) => part.trim())
				.filter(Boolean)
		: value;
}

function findFallback(field: unknown): string | undefined {
	if (!(field instanceof z.ZodType)) return undefined;
	// As it would be typed, not what is made of it.
	const value = z.toJSONSchema(field, { io: "input", unrepresentable: "any" }).default ?? false;
	if (value === false || (Array.isArray(value) && value.length === 0)) return undefined;
	return Array.isArray(value) ? value.join(",") : String(value);
}
