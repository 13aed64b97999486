import { formatInstant, parseInstant } from "@tidemark/core";
import { z } from "zod";

/** GitHub answers null, nothing or something new for almost every field: what does not fit is null and costs nobody a row. */
export function forgiving<Schema extends z.ZodType>(schema: Schema) {
	return z.preprocess((value) => value ?? null, schema.nullable()).catch(null);
}

/** A text; empty is missing. */
export const text = forgiving(z.string().min(1));

/** A moment that must be there. */
export const instant = z.string().transform(parseMoment);

/** A moment that may be missing; year 1 is how some answers write that. */
export const maybeInstant = forgiving(instant);

/** Login of an account; null if it is gone. */
export const login = forgiving(z.object({ login: z.string() }).transform((account) => account.login));

function parseMoment(text: string, context: z.RefinementCtx): string {
	try {
		return parseInstant(text);
	} catch (error) {
		context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "not a time" });
		return z.NEVER;
	}
}

/** The repository that a thing belongs to. */
export const inRepository = z.object({ id: z.number().int(), name: z.string() });

/** The fields that a shape uses: the rest, with its e-mail addresses and texts, is not even kept in a dead letter. */
export function pickFields(answer: unknown, { shape }: z.ZodObject): unknown {
	return isRecord(answer)
		? Object.fromEntries(Object.entries(answer).filter(([name]) => Object.hasOwn(shape, name)))
		: answer;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Canonical text of that many milliseconds before a time. */
export function subtractMs(time: string, ms: number): string {
	return formatInstant(Date.parse(time) - ms);
}
