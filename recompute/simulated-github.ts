import { type SimulatedGithub, simulateGithub } from "../packages/world/src/github/index.ts";
import type { RawRepository, RawWorld } from "./figures/raw.ts";

/** A GitHub on the loopback interface that answers what a world's file says. */
export async function openGithub(world: RawWorld): Promise<SimulatedGithub> {
	const github = await simulateGithub({ now: world.looks[0] ?? world.since, validate: false });
	for (const repository of world.repositories) addRepository(github, repository);
	for (const { run, attempt } of world.lostAttempts) {
		const answer = { kind: "answer", status: 404, body: { message: "Not Found" } } as const;
		github.faults.script(answer, {
			path: new RegExp(`/runs/${run}/attempts/${attempt}$`),
			times: Number.POSITIVE_INFINITY,
		});
	}
	for (const run of world.runsWithoutJobs) {
		const answer = { kind: "answer", status: 502, body: { message: "Server Error" } } as const;
		github.faults.script(answer, { path: new RegExp(`/runs/${run}/.*jobs`), times: Number.POSITIVE_INFINITY });
	}
	return github;
}

function addRepository(github: SimulatedGithub, raw: RawRepository): void {
	const { repository, id, visibility, defaultBranch } = raw;
	const home = github.addRepository(repository, { id, visibility, defaultBranch });
	for (const workflow of raw.workflows) home.addWorkflow(workflow);
	for (const run of raw.runs) home.addRun(run);
	for (const pull of raw.pulls) home.addPull(pull);
	for (const commit of raw.commits) home.addCommit(commit);
}
