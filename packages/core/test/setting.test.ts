import { UsageError } from "@tidemark/db";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { listSettings, readSecrets, readSettings, setting } from "../src/index.ts";
import { missingSettings } from "../src/settings/setting.ts";

const schema = z.object({
	path: setting(z.string(), { env: "TOY_PATH", flag: "path <file>", words: "The toy's file." }),
	size: setting(z.coerce.number().int().positive("it should be above zero").default(3), {
		env: "TOY_SIZE",
		flag: "size <n>",
		words: "Lines of a page.",
	}),
	tags: setting(z.array(z.string().max(9)).default([]), {
		env: "TOY_TAGS",
		flag: "tag <tag>",
		words: "Only these.",
		many: true,
	}),
	token: setting(z.string().startsWith("toy_", "it should begin with toy_").optional(), {
		env: "TOY_TOKEN",
		flag: "token <token>",
		words: "Opens the box.",
		secret: true,
	}),
	loud: setting(z.boolean().default(false), { env: "TOY_LOUD", flag: "loud", words: "Sing." }),
});

const read = (
	flags: Parameters<typeof readSettings>[1]["flags"],
	environment: Record<string, string | undefined> = {},
) => readSettings(schema, { flags: { path: "a", ...flags }, environment });

describe("a setting", () => {
	it("comes from its flag, else from its variable, else from its default", () => {
		expect(read({ size: "5" }, { TOY_SIZE: "4" }).size).toBe(5);
		expect(read({}, { TOY_SIZE: "4" }).size).toBe(4);
		expect(read({}).size).toBe(3);
	});

	it.each(["", "  ", "\n", undefined])("is not set by an empty variable: %j", (value) => {
		expect(read({}, { TOY_SIZE: value, TOY_TAGS: value, TOY_TOKEN: value, TOY_LOUD: value })).toEqual({
			path: "a",
			size: 3,
			tags: [],
			loud: false,
		});
	});

	it("of many values takes them from a repeated flag, or from a variable between commas and line ends", () => {
		expect(read({ tag: ["one", "two"] }, { TOY_TAGS: "three" }).tags).toEqual(["one", "two"]);
		expect(read({}, { TOY_TAGS: " one, two\r\nthree\n\n,four," }).tags).toEqual(["one", "two", "three", "four"]);
		expect(read({}, { TOY_TAGS: "one" }).tags).toEqual(["one"]);
	});

	it("that is a switch is turned on and off by its variable, too", () => {
		expect(read({ loud: true }).loud).toBe(true);
		expect(["true", "1", "YES", "on"].map((value) => read({}, { TOY_LOUD: value }).loud)).toEqual(Array(4).fill(true));
		expect(["false", "0", "No", "off"].map((value) => read({}, { TOY_LOUD: value }).loud)).toEqual(
			Array(4).fill(false),
		);
		expect(() => read({}, { TOY_LOUD: "perhaps" })).toThrow('"perhaps" does not fit TOY_LOUD (--loud)');
	});

	it("that does not fit is named as it was given, with what to do", () => {
		expect(failureOf(() => read({ size: "-1" }))).toEqual({
			message: '"-1" does not fit --size (TOY_SIZE): it should be above zero.',
			fix: "Set TOY_SIZE or pass --size: Lines of a page.",
		});
		expect(failureOf(() => read({}, { TOY_SIZE: "-1" })).message).toBe(
			'"-1" does not fit TOY_SIZE (--size): it should be above zero.',
		);
		expect(failureOf(() => read({ tag: ["fits", "much too long"] })).message).toMatch(
			/^\["fits","much too long"\] does not fit --tag \(TOY_TAGS\): /,
		);
	});

	it("that is secret never shows its value in an error", () => {
		for (const given of [read.bind(null, { token: "s3cret" }), read.bind(null, {}, { TOY_TOKEN: "s3cret" })]) {
			const { message, fix } = failureOf(given);
			expect(message).toMatch(/^its value does not fit .*TOY_TOKEN.*: it should begin with toy_\.$/);
			expect(`${message} ${fix}`).not.toContain("s3cret");
		}
	});

	it("that is needed and not set is named with its flag and variable", () => {
		expect(failureOf(() => readSettings(schema, { flags: {}, environment: {} }))).toEqual({
			message: "TOY_PATH is not set.",
			fix: "Set TOY_PATH or pass --path: The toy's file.",
		});
	});
});

describe("the settings of a source", () => {
	it("are listed in their order with their defaults as they would be typed", () => {
		const retention = setting(
			z
				.string()
				.default("6mo")
				.transform((text) => ({ text })),
			{
				env: "TOY_KEEP",
				flag: "keep <span>",
				words: "How long.",
			},
		);
		const limit = setting(z.string().nullable().default(null), {
			env: "TOY_LIMIT",
			flag: "limit <n>",
			words: "How many.",
		});
		const colours = setting(z.array(z.string()).default(["red", "blue"]), {
			env: "TOY_COLOURS",
			flag: "colour <colour>",
			words: "Which.",
			many: true,
		});
		const listed = listSettings(schema.extend({ retention, limit, colours }));
		expect(listed.map(({ key, env, fallback }) => [key, env, fallback])).toEqual([
			["path", "TOY_PATH", undefined],
			["size", "TOY_SIZE", "3"],
			["tags", "TOY_TAGS", undefined],
			["token", "TOY_TOKEN", undefined],
			["loud", "TOY_LOUD", undefined],
			["retention", "TOY_KEEP", "6mo"],
			["limit", "TOY_LIMIT", undefined],
			["colours", "TOY_COLOURS", "red,blue"],
		]);
	});

	it("that it cannot run without are named if nobody has set them", () => {
		const missing = (environment: Record<string, string>) =>
			missingSettings(schema, { flags: {}, environment }).map(({ env }) => env);
		expect(missing({})).toEqual(["TOY_PATH"]);
		expect(missing({ TOY_PATH: "" })).toEqual(["TOY_PATH"]);
		expect(missing({ TOY_PATH: "a" })).toEqual([]);
	});

	it("have to be declared with their words", () => {
		expect(() => listSettings(z.object({ bare: z.string() }))).toThrow("The field bare is not declared by setting(…).");
	});
});

function failureOf(work: () => unknown): { message: string; fix: string } {
	try {
		work();
	} catch (error) {
		if (error instanceof UsageError) return { message: error.message, fix: error.fix };
		throw error;
	}
	throw new Error("It did not fail.");
}

describe("the secrets of settings", () => {
	it("are the values of those marked secret, and the passwords of addresses, typed or in the environment", () => {
		const flags = { token: "toy_typed", path: "https://me:p%40ss@toys.example/" };
		const environment = { TOY_TOKEN: " toy_kept ", TOY_SIZE: "3", OTHER_TOKEN: "unknown" };
		expect(readSecrets(listSettings(schema), { flags, environment })).toEqual([
			"p%40ss",
			"p@ss",
			"toy_typed",
			"toy_kept",
		]);
	});

	it("are never guessed from the words around them", () => {
		expect(readSecrets(listSettings(schema), { flags: { path: "token" }, environment: { MY_KEY: "abc" } })).toEqual([]);
	});
});
