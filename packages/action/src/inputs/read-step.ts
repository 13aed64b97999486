import { getInput } from "@actions/core";
import { UsageError } from "@tidemark/db";

const failures = ["error", "partial", "never"] as const;

/** What is said about the step itself. */
export interface Step {
	/** What makes it fail. */
	readonly failOn: (typeof failures)[number];
	readonly wantsSummary: boolean;
}

/** What holds where the inputs cannot be read. */
export const usualStep: Step = { failOn: "error", wantsSummary: true };

/** @throws UsageError for a word that is not known */
export function readStep(): Step {
	const text = getInput("fail-on") || usualStep.failOn;
	const failOn = failures.find((each) => each === text);
	if (failOn === undefined) {
		throw new UsageError(`fail-on: "${text}" is not known.`, { fix: `Use one of ${failures.join(", ")}.` });
	}
	const summary = getInput("summary").toLowerCase() || "true";
	if (summary === "true" || summary === "false") return { failOn, wantsSummary: summary === "true" };
	throw new UsageError(`summary: "${summary}" is neither true nor false.`, {
		fix: "Write summary: false, or nothing.",
	});
}
