import { ExitCode, notice, setSecret } from "@actions/core";
import { context } from "@actions/github";
import { type Given, readSecrets, readSettings } from "@tidemark/core";
import { cleanText, createRedactor } from "@tidemark/text";
import { ingest } from "./ingest.ts";
import { allSettings, settingsToInputs } from "./inputs/input-list.ts";
import { explainWithheld, readGiven } from "./inputs/read-inputs.ts";
import { type Step, stepSettings } from "./inputs/step-settings.ts";
import { annotate, logReport } from "./report/log.ts";
import { describeFailure, type Say } from "./report/read-results.ts";
import { emptyReport, type Report } from "./report/report.ts";
import { writeOutputs } from "./report/write-outputs.ts";
import { writeSummary } from "./summary/write-summary.ts";

/** What a shell reports for a process that SIGINT ended. */
const cancelledCode = 130;

/**
 * One run of the Action.
 * @returns the exit code: 0 all well, 1 if `fail-on` says so, 130 if the run was cancelled
 */
export async function act(environment: Given["environment"]): Promise<number> {
	const cancel = cancelSignal();
	const given = readGiven(environment);
	// Before anything else is printed.
	const redact = hideSecrets(given);
	const say: Say = (text) => cleanText(settingsToInputs(redact(text)));
	let step: Step = stepSettings.parse({});
	let report: Report;
	try {
		step = readSettings(stepSettings, given);
		const withheld = explainWithheld(given, context);
		report = withheld === undefined ? await ingest(given, cancel, say) : { ...emptyReport, withheld };
	} catch (error) {
		report = { ...emptyReport, failures: [describeFailure(error, say)] };
	}
	logReport(report);
	annotate(report);
	const reportPath = step.wantsSummary ? await writeSummary(report, environment) : "";
	writeOutputs(report, { reportPath, say });
	if (report.isCancelled) return cancelledCode;
	return isFailed(report, step) ? ExitCode.Failure : ExitCode.Success;
}

/** Has the runner mask the secrets in the log; the returned function hides them in messages, wherever those appear. */
function hideSecrets(given: Given): (text: string) => string {
	const { redact, forms, tooShort } = createRedactor(readSecrets(allSettings, given));
	for (const form of forms) setSecret(form);
	if (tooShort > 0) {
		notice("A password or token has fewer than 6 characters: too short to hide, so messages may show it.", {
			title: "Tidemark",
		});
	}
	return redact;
}

function isFailed({ failures, unfinished }: Report, { failOn }: Step): boolean {
	if (failOn === "never") return false;
	return failures.length > 0 || (failOn === "partial" && unfinished.length > 0);
}

/**
 * Aborted when somebody cancels the workflow or its time is up: the page in flight is finished first. The runner sends
 * SIGINT, SIGTERM after 7.5 seconds, and ends the process 2.5 seconds later.
 */
function cancelSignal(): AbortSignal {
	const controller = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => controller.abort());
	return controller.signal;
}
