import { formatInstant, parseInstant } from "@tidemark/core";
import { z } from "zod";

/** GitHub answers null, nothing or something new for almost every field: what does not fit is null and costs nobody a row. */
export function forgiving<Schema extends z.ZodType>(schema: Schema) {
	return z.preprocess((value) => value ?? null, schema.nullable()).catch(null);
}

/** A text; empty is missing. */
export const text = forgiving(z.string().min(1));

/** A moment that must be there. */
export const instant = z.string().transform((moment, context) => {
	try {
		return parseInstant(moment);
	} catch (error) {
		context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "not a time" });
		return z.NEVER;
	}
});

/** A moment that may be missing; year 1 is how some answers write that. */
export const maybeInstant = forgiving(instant);

/** Login of an account; null if it is gone. */
export const login = forgiving(z.object({ login: z.string() }).transform((account) => account.login));

/** `owner/name` of a repository; null if it is gone. */
export const fullName = forgiving(z.object({ full_name: z.string() }).transform((named) => named.full_name));

/** A column, and GitHub's name and shape of what it holds. */
type Fields = Readonly<Record<string, readonly [theirs: string, schema: z.ZodType]>>;

/** The shape of an object of GitHub that comes out by the names of our columns. */
export function renameFields<const Named extends Fields>(fields: Named) {
	return z.object(Object.fromEntries(Object.values(fields))).transform((answered) => {
		const renamed = Object.entries(fields).map(([ours, [theirs]]) => [ours, answered[theirs]]);
		return Object.fromEntries(renamed) as { readonly [Ours in keyof Named]: z.output<Named[Ours][1]> };
	});
}

/** The fields that a shape uses: the rest, with its e-mail addresses and texts, is not even kept in a dead letter. */
export function pickFields(answer: unknown, fields: Fields): unknown {
	const used = new Set(Object.values(fields).map(([theirs]) => theirs));
	return isRecord(answer) ? Object.fromEntries(Object.entries(answer).filter(([name]) => used.has(name))) : answer;
}

/** The repository that a thing belongs to. */
export const inRepository = renameFields({ repositoryId: ["id", z.number().int()], repository: ["name", z.string()] });

/** A field of what may be of any shape. */
export function readField(answer: unknown, name: string): unknown {
	return isRecord(answer) ? answer[name] : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Canonical text of that many milliseconds before a time. */
export function subtractMs(time: string, ms: number): string {
	return formatInstant(Date.parse(time) - ms);
}
