import { debug, error as errorAnnotation, info, notice, warning } from "@actions/core";
import type { Reporter } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { inWordsOfInputs } from "../inputs/in-words-of-inputs.ts";
import { harmless } from "./harmless.ts";
import type { Report } from "./report.ts";
import { wordsOf } from "./words-of.ts";

/** A log is read afterwards: often enough to see that something moves, seldom enough to read. */
const progressEveryMs = 10_000;

/** Tells in the log how an ingestion goes, and shows warnings beside the workflow's run. */
export function logReporter(): Reporter {
	let shownAt = performance.now();
	return {
		info: (text) => info(inWordsOfInputs(harmless(text))),
		warn: (text) => warning(inWordsOfInputs(harmless(text)), { title: "Tidemark" }),
		progress({ source, target, read, elapsedMs }) {
			const now = performance.now();
			if (now - shownAt < progressEveryMs) return;
			shownAt = now;
			info(harmless(`${source}  ${target}  ${read} entries after ${Math.round(elapsedMs / 1000)} s`));
		},
	};
}

/** Shows beside the workflow's run what went wrong and what is left. */
export function annotate({ failures, unfinished, isCancelled, withheld }: Report): void {
	if (withheld !== undefined) notice(withheld, { title: "Tidemark" });
	for (const { label, error } of failures) {
		const title = label === undefined ? "Tidemark" : `Tidemark: ${harmless(label)}`;
		errorAnnotation(wordsOf(error).map(harmless).join("\n"), { title });
		if (error instanceof Error && !(error instanceof TelemetryError)) debug(error.stack ?? "");
	}
	if (unfinished.length === 0) return;
	const title = isCancelled ? "Tidemark was cancelled" : "Tidemark has not finished";
	const lines = unfinished.map(({ label, reason }) => harmless(`${label}: ${inWordsOfInputs(reason)}`));
	warning([...lines, "What is stored stays; the next run goes on from there."].join("\n"), { title });
}
