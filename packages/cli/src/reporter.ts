import type { Reporter } from "@tidemark/core";
import { formatCount } from "./format.ts";
import type { Terminal } from "./terminal.ts";

const refreshMs = 200;

/** Tells a person at a terminal how an ingestion goes; elsewhere only what is worth a line. */
export function reporterFor(terminal: Terminal): Reporter {
	let shownAt = 0;
	return {
		info: (text) => terminal.note(text),
		warn: (text) => terminal.note(`Warning: ${text}`),
		progress({ source, target, read, elapsedMs }) {
			const now = performance.now();
			if (now - shownAt < refreshMs) return;
			shownAt = now;
			const rate = Math.round(read / Math.max(elapsedMs / 1000, 0.001));
			terminal.status(`${source}  ${target}  ${formatCount(read)} entries  ${formatCount(rate)}/s`);
		},
	};
}
