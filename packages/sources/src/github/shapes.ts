import { parseInstant } from "@tidemark/core";
import { z } from "zod";

/** GitHub answers null, nothing or something new for almost every field: what does not fit is null and costs nobody a row. */
export function forgiving<Schema extends z.ZodType>(schema: Schema) {
	return z.preprocess((value) => value ?? null, schema.nullable()).catch(null);
}

/** A text; empty is missing. */
export const text = forgiving(z.string().min(1));

/** A moment that must be there. */
export const instant = z.string().transform(toInstant);

/** A moment that may be missing; year 1 is how some answers write that. */
export const maybeInstant = forgiving(instant);

/** Login of an account; null where it is gone. */
export const login = forgiving(z.object({ login: z.string() }).transform((account) => account.login));

function toInstant(text: string, context: z.RefinementCtx): string {
	try {
		return parseInstant(text);
	} catch (error) {
		context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "not a time" });
		return z.NEVER;
	}
}

/** Those fields of an answer that are used: the rest, with its e-mail addresses and texts, is not even kept in a dead letter. */
export function picked(answer: unknown, fields: readonly string[]): unknown {
	if (typeof answer !== "object" || answer === null) return answer;
	return Object.fromEntries(Object.entries(answer).filter(([name]) => fields.includes(name)));
}
