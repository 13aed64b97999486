import { z } from "zod";
import { fileCursor } from "../file-cursor.ts";

/** Settled once for each target, because an amount alone does not tell it. */
const costUnit = z.enum(["usd", "cents"]).optional();

/** An export that PortKey works on or has finished, and that is not stored as a whole yet. */
const runningExport = z.object({
	id: z.string(),
	/** Logs from the first moment up to, but not including, the second; ISO 8601. */
	from: z.string(),
	to: z.string(),
	/** How many logs match; PortKey counts them before it starts. */
	total: z.number(),
	/** Counted from 0; more than one only where a second holds more logs than an export. */
	page: z.number(),
	createdAt: z.string(),
});

export const exportsCursor = z.object({
	/** All that was logged before is stored, but for what PortKey lists late. */
	upTo: z.string().optional(),
	running: runningExport.optional(),
	costUnit,
});

export const exportFileCursor = fileCursor.extend({ costUnit });

export const portkeyCursor = z.union([exportFileCursor, exportsCursor.strict()]);

export type RunningExport = z.infer<typeof runningExport>;
export type ExportsCursor = z.infer<typeof exportsCursor>;
export type ExportFileCursor = z.infer<typeof exportFileCursor>;
export type PortkeyCursor = z.infer<typeof portkeyCursor>;
