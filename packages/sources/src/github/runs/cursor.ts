import { z } from "zod";

/** A listing that was not finished: everything from `top` to `reached` was listed, not yet what follows down to `downTo`. */
const openListing = z.object({
	/** When the newest run of it was created. */
	top: z.string(),
	reached: z.string(),
	/** Rows listed so far: where in GitHub's list to go on. Null beyond its end, where windows of time are listed. */
	listed: z.number().nullable(),
	/** Null is the beginning of time. */
	downTo: z.string().nullable(),
	/** Those windows so far: from when on they reach back, and their rows. */
	windows: z.object({ to: z.string(), rows: z.number() }).optional(),
	/** When it began, by GitHub's clock, if it makes a sweep. */
	sweepBegan: z.string().nullable(),
});

/** Windows that only the search index answered, which may lag: to be listed once more. */
const recheck = z.object({
	from: z.string().nullable(),
	to: z.string(),
	rows: z.number(),
	times: z.number(),
	/** How far listing them once more has come. */
	again: z.object({ reached: z.string(), rows: z.number() }).optional(),
});

export const runsCursor = z.object({
	/** When the newest run of the last finished listing was created. */
	newest: z.string().optional(),
	/** When the last finished sweep began. */
	sweptAt: z.string().optional(),
	open: openListing.optional(),
	recheck: recheck.optional(),
});

export type RunsCursor = z.infer<typeof runsCursor>;
export type OpenListing = z.infer<typeof openListing>;
