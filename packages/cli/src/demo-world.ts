import { readFile } from "node:fs/promises";
import {
	type CommitScript,
	type PullScript,
	type RunScript,
	type SimulatedGithub,
	simulateGithub,
} from "@tidemark/world/github";

interface Recording {
	readonly repository: string;
	/** When the last of it ended. */
	readonly recordedAt: string;
	readonly runs: readonly RunScript[];
	readonly pulls: readonly PullScript[];
	readonly commits: readonly CommitScript[];
}

/** A simulated GitHub that tells a recorded world as if it had ended just now. */
export async function openDemoGithub(recording: URL): Promise<SimulatedGithub & { readonly repository: string }> {
	const text = await readFile(recording, "utf8");
	const { recordedAt }: Recording = JSON.parse(text);
	const now = Date.now();
	const { repository, runs, pulls, commits }: Recording = JSON.parse(moved(text, now - Date.parse(recordedAt)));
	const github = await simulateGithub({ now: new Date(now).toISOString(), validate: false });
	const home = github.addRepository(repository, { visibility: "private" });
	for (const run of runs) home.addRun(run);
	for (const pull of pulls) home.addPull(pull);
	for (const commit of commits) home.addCommit(commit);
	return { ...github, repository };
}

/** All moments in a JSON text, later by so many milliseconds; to the second, as GitHub tells them. */
function moved(text: string, byMs: number): string {
	return text.replace(/"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)"/g, (_, moment: string) => {
		return `"${new Date(Date.parse(moment) + byMs).toISOString().slice(0, 19)}Z"`;
	});
}
