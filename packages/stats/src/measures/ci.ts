import { mergeMeasures } from "./columns.ts";
import { type JobCell, type JobMeasures, jobColumns } from "./jobs.ts";
import { type RunCell, type RunMeasures, runColumns } from "./runs.ts";

/** Runs with their jobs. */
export type CiMeasures = RunMeasures & JobMeasures;

export function mergeCi(runs: readonly RunCell[], jobs: readonly JobCell[]): CiMeasures {
	return { ...mergeMeasures(runColumns, runs.map(toMeasures)), ...mergeJobs(jobs) };
}

export function mergeJobs(jobs: readonly JobCell[]): JobMeasures {
	return mergeMeasures(jobColumns, jobs.map(toMeasures));
}

function toMeasures<Measures>({ measures }: { readonly measures: Measures }): Measures {
	return measures;
}
