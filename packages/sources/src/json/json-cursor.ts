import { z } from "zod";
import { fileCursor } from "../file-cursor.ts";

/** How far a JSON file was read. A document is read whole, and again where it has changed. */
export const jsonCursor = fileCursor.extend({ layout: z.enum(["lines", "document"]) });

export type JsonCursor = z.infer<typeof jsonCursor>;
