import { setting } from "@tidemark/core";
import { z } from "zod";

/** What a workflow sets and the command line does not: about the step itself. */
export const stepSettings = z.object({
	sources: setting(z.array(z.string()).default([]), {
		env: "TELEMETRY_SOURCES",
		flag: "sources <name>",
		words:
			"Which sources to ingest, by name: github, csv and so on. By default every one that is configured; one that is named and not configured is an error.",
		many: true,
	}),
	wantsSummary: setting(z.boolean("it is neither true nor false").default(true), {
		env: "TELEMETRY_SUMMARY",
		flag: "summary",
		words: "Write the job summary: true or false.",
	}),
	failOn: setting(z.enum(["error", "partial", "never"], "Use one of error, partial, never").default("error"), {
		env: "TELEMETRY_FAIL_ON",
		flag: "fail-on <outcome>",
		words:
			"When the step fails: error (something could not be ingested), partial (that, or something is left for the next run) or never.",
	}),
});

export type Step = z.infer<typeof stepSettings>;
