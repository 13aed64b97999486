import { isTimeZone, setting } from "@tidemark/core";
import { z } from "zod";
import { type Field, fields, isField } from "./columns.ts";

/** A schema of its own for each setting, since each is named on its own. */
const pairs = () =>
	z
		.array(z.string())
		.default([])
		// One flag may hold several pairs: --map timestamp=TIMESTAMP,prompt_tokens=ContextTokens
		.transform((given) => given.flatMap((text) => text.split(",")))
		.transform((given, context): [Field, string][] =>
			given.flatMap((pair): [Field, string][] => {
				const [, field = "", text = ""] = /^\s*(\w+)\s*=\s*(.+?)\s*$/.exec(pair) ?? [];
				if (isField(field)) return [[field, text]];
				context.addIssue(`it should be <field>=<text>, the field one of ${fields.join(", ")}`);
				return [];
			}),
		);

const splitNames = (text: string) => text.split(",").map((name) => name.trim());

export const csvSettings = z.object({
	paths: setting(z.array(z.string()).default([]), {
		env: "TELEMETRY_CSV_PATH",
		flag: "path <file>",
		words: "Usage files: paths, globs, gzip too, - for standard input. Default: .telemetry/usage.csv, if it is there.",
		positional: true,
		many: true,
	}),
	map: setting(pairs(), {
		env: "TELEMETRY_CSV_MAP",
		flag: "map <field=column>",
		words: "Which column holds a field if its name does not say: timestamp=TIMESTAMP,prompt_tokens=ContextTokens.",
		many: true,
		shapesRows: true,
	}),
	defaults: setting(pairs(), {
		env: "TELEMETRY_CSV_DEFAULT",
		flag: "default <field=text>",
		words: "What an empty or missing cell stands for: model=gpt-4.",
		many: true,
		shapesRows: true,
	}),
	header: setting(z.string().transform(splitNames).optional(), {
		env: "TELEMETRY_CSV_HEADER",
		flag: "header <a,b,…>",
		words: "The column names of files that have no header line.",
		shapesRows: true,
	}),
	timezone: setting(z.string().default("UTC").refine(isTimeZone, "it should be a time zone such as Europe/Berlin"), {
		env: "TELEMETRY_CSV_TIMEZONE",
		flag: "timezone <zone>",
		words: "The zone of timestamps that name none.",
		shapesRows: true,
	}),
});

export type CsvConfig = z.infer<typeof csvSettings>;
