import { callFigures } from "./calls.ts";
import { commitFigures, pullRequestFigures } from "./changes.ts";
import type { Figure } from "./figure.ts";
import { runnerFigures } from "./jobs.ts";
import { greenFigures, redFigures } from "./red.ts";
import { ciFigures } from "./runs.ts";

interface Family {
	readonly title: string;
	/** Where the figures are in the JSON. */
	readonly at: readonly string[];
	readonly figures: readonly Figure<never>[];
}

/** Every figure, for the page that explains them. */
export const families: readonly Family[] = [
	{ title: "Calls to language models", at: ["llm.total", "llm.groups[]"], figures: callFigures },
	{
		title: "Runs and their jobs",
		at: ["ci.total", "ci.workflows[]", "ci.repositories[]", "ci.days[]"],
		figures: ciFigures,
	},
	{ title: "Runners", at: ["ci.runners[]"], figures: runnerFigures },
	{ title: "Red and flaky", at: ["ci"], figures: redFigures },
	{ title: "Time to green", at: ["ci.time_to_green"], figures: greenFigures },
	{ title: "Pull requests", at: ["ci.pull_requests"], figures: pullRequestFigures },
	{ title: "Commits", at: ["ci"], figures: commitFigures },
];
