import type { Overview } from "../overview.ts";
import { cleanText } from "./clean-text.ts";
import { plural } from "./numbers.ts";

/** How many entries could not become rows and where to look at them; undefined where there are none. */
export function rejectionsOf({ deadLetters }: Overview): string | undefined {
	const all = deadLetters.reduce((sum, { count }) => sum + count, 0);
	if (all === 0) return undefined;
	const sources = deadLetters.map(({ source, count }) => `${cleanText(source)} ${count}`).join(", ");
	return `${plural(all, "rejected entry", "rejected entries")} (${sources})`;
}

export const rejectionsCommand = "pnpm telemetry dead-letters";
