import { getInput } from "@actions/core";
import { UsageError } from "@tidemark/db";

const failures = ["error", "partial", "never"] as const;

/** The inputs about the step itself. */
export interface Step {
	/** What makes it fail. */
	readonly failOn: (typeof failures)[number];
	readonly wantsSummary: boolean;
}

/** Holds if the inputs cannot be read. */
export const defaultStep: Step = { failOn: "error", wantsSummary: true };

/** @throws UsageError for an unknown word */
export function readStep(): Step {
	const text = getInput("fail-on") || defaultStep.failOn;
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
