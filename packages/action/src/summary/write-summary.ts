import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { summary, warning } from "@actions/core";
import type { Given } from "@tidemark/core";
import type { Report } from "../report/report.ts";
import { summaryParts } from "./summary.ts";

/** GitHub refuses a larger one and shows nothing of it: 1 MiB, less what the runner may add. */
const maxBytes = 1024 * 1024 - 4096;

/**
 * Writes the job summary, as much of it as fits, and all of it into a file.
 * @returns the path of that file
 */
export async function writeSummary(report: Report, environment: Given["environment"]): Promise<string> {
	const parts = summaryParts(report);
	const directory = await mkdtemp(join(environment.RUNNER_TEMP || tmpdir(), "tidemark-"));
	const path = join(directory, "report.md");
	await writeFile(path, `${parts.join("\n\n")}\n`);
	// Elsewhere than in a workflow there is nowhere to write it to.
	if (!environment.GITHUB_STEP_SUMMARY) return path;
	try {
		await summary.addRaw(`${fitting(parts, maxBytes)}\n`).write();
	} catch (error) {
		warning(`The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`);
	}
	return path;
}

/** As many parts as fit, and a note if some are left out. */
export function fitting(parts: readonly string[], max: number): string {
	const note =
		"_Some parts were left out, because GitHub shows at most 1 MiB; the file of the output report-path has all._";
	let left = max - Buffer.byteLength(`${note}\n\n`);
	const kept = parts.filter((part) => {
		const bytes = Buffer.byteLength(`${part}\n\n`);
		if (bytes > left) return false;
		left -= bytes;
		return true;
	});
	return [...kept, ...(kept.length < parts.length ? [note] : [])].join("\n\n");
}
