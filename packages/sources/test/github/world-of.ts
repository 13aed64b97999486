import type { AttemptScript, RunScript, SimulatedGithub, SimulatedRepository } from "@tidemark/world/github";
import { type GithubOptions, simulateGithub } from "@tidemark/world/github";
import { start } from "./busy-world.ts";

/** A simulated GitHub with the repository `acme/app`. */
export interface AcmeWorld extends SimulatedGithub {
	readonly app: SimulatedRepository;
}

/** With some runs in it; its clock stands at their start, if nothing else is said. */
export async function worldOf(
	runs: readonly RunScript[],
	options: Partial<GithubOptions> & { readonly repositoryId?: number } = {},
): Promise<AcmeWorld> {
	const { repositoryId, ...others } = options;
	const github = await simulateGithub({ now: start, ...others });
	const app = github.addRepository("acme/app", repositoryId === undefined ? {} : { id: repositoryId });
	for (const run of runs) app.addRun(run);
	return { ...github, app };
}

/** A run of one attempt that begins with it. */
export function single(id: number, createdAt: string, attempt: Omit<AttemptScript, "startedAt"> = {}): RunScript {
	return { id, createdAt, attempts: [{ startedAt: createdAt, ...attempt }] };
}

/** The same run under an id far from those that `evenly` gives. */
export function far(run: RunScript): RunScript {
	return { ...run, id: 10_000 + (run.id ?? 0) };
}
