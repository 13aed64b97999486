import { ExitCode, info, setSecret } from "@actions/core";
import { context } from "@actions/github";
import type { Given } from "@tidemark/core";
import { cancelSignal } from "./cancel-signal.ts";
import { ingest } from "./ingest.ts";
import { readGiven } from "./inputs/read-inputs.ts";
import { readStep, usualStep } from "./inputs/read-step.ts";
import { secretsIn } from "./inputs/secrets.ts";
import { whyWithheld } from "./inputs/why-withheld.ts";
import { annotate } from "./report/annotations.ts";
import { logLines } from "./report/log-lines.ts";
import { writeOutputs } from "./report/outputs.ts";
import { emptyReport, type Report } from "./report/report.ts";
import { isFailed } from "./report/verdict.ts";
import { writeSummary } from "./summary/write-summary.ts";

/** As a shell has it for what SIGINT ended. */
const cancelledCode = 130;

/**
 * One run of the Action.
 * @returns the exit code: 0 all well, 1 where `fail-on` says so, 130 where the run was cancelled
 */
export async function act(environment: Given["environment"]): Promise<number> {
	const cancel = cancelSignal();
	const given = readGiven(environment);
	const secrets = secretsIn(given);
	// Before anything else is printed.
	for (const secret of secrets) setSecret(secret);
	let step = usualStep;
	let report: Report;
	try {
		step = readStep();
		const withheld = whyWithheld(given, context);
		report = withheld === undefined ? await ingest(given, cancel) : { ...emptyReport, withheld };
	} catch (error) {
		report = { ...emptyReport, failures: [{ label: undefined, error }] };
	}
	for (const line of logLines(report)) info(line);
	annotate(report);
	const reportPath = step.wantsSummary ? await writeSummary(report, { environment, secrets }) : "";
	writeOutputs(report, reportPath);
	if (report.isCancelled) return cancelledCode;
	return isFailed(report, step) ? ExitCode.Failure : ExitCode.Success;
}
