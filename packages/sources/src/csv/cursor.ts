import { z } from "zod";
import { fileCursor } from "../file-cursor.ts";
import { ordinalsState } from "./ordinals.ts";

/** How far a usage file was read, with what its next rows have to know of those before. */
export const csvCursor = fileCursor.extend({
	header: z.array(z.string()).optional(),
	ordinals: ordinalsState,
});

export type CsvCursor = z.infer<typeof csvCursor>;
