import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { CommitScript, PullScript, RunScript, SimulatedGithub } from "@tidemark/world/github";

interface Recording {
	readonly repository: string;
	readonly runs: readonly RunScript[];
	readonly pulls: readonly PullScript[];
	readonly commits: readonly CommitScript[];
}

/** A simulated GitHub with a recorded world whose newest event is now. */
export async function openDemoGithub(recording: URL): Promise<SimulatedGithub & { readonly repository: string }> {
	// Loaded late: it brings a server that no other command needs.
	const { simulateGithub } = await import("@tidemark/world/github");
	const { repository, runs, pulls, commits }: Recording = JSON.parse(moveToNow(await readFile(recording, "utf8")));
	const github = await simulateGithub({ now: new Date().toISOString(), validate: false });
	const home = github.addRepository(repository, { visibility: "private" });
	for (const run of runs) home.addRun(run);
	for (const pull of pulls) home.addPull(pull);
	for (const commit of commits) home.addCommit(commit);
	return { ...github, repository };
}

/** Copies a usage file with all times moved so that the newest one is now. */
export async function copyToNow(from: URL, to: string): Promise<void> {
	await mkdir(dirname(to), { recursive: true });
	await writeFile(to, moveToNow(await readFile(from, "utf8")));
}

const momentPattern = /(\d{4}-\d{2}-\d{2})([T ])(\d{2}:\d{2}:\d{2})/g;

/** Moves all moments in a text, which are of one zone, by whole seconds: fractions stay what they are. */
function moveToNow(text: string): string {
	const newest =
		Array.from(text.matchAll(momentPattern), ([, day, , time]) => `${day}T${time}Z`)
			.sort()
			.at(-1) ?? "";
	const byMs = Date.now() - Date.parse(newest);
	return text.replace(momentPattern, (_, day: string, separator: string, time: string) => {
		const moved = new Date(Date.parse(`${day}T${time}Z`) + byMs).toISOString();
		return moved.slice(0, 10) + separator + moved.slice(11, 19);
	});
}
