import { z } from "zod";
import { jsonCursor } from "../json/json-cursor.ts";

/** Of a proxy: everything that began before `through` and had been logged by then is stored. Canonical text. */
const proxyCursor = z.object({ through: z.string() });

/** How far a file or a proxy was read. */
export const litellmCursor = z.union([jsonCursor, proxyCursor]);

export type LitellmCursor = z.infer<typeof litellmCursor>;
