import { z } from "zod";

/** What earlier lines of a Codex session say about the later ones. */
export const codexState = z.object({
	/** Session, provider, model, repository and branch, as far as they were told. */
	known: z.object({
		sessionId: z.string().optional(),
		provider: z.string().optional(),
		model: z.string().optional(),
		repository: z.string().optional(),
		branch: z.string().optional(),
	}),
	/** Tokens of the session so far, as they were last told. */
	total: z.record(z.string(), z.number()),
});

export type CodexState = z.infer<typeof codexState>;
