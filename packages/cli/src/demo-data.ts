import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseInstant } from "@tidemark/core";
import type { CommitScript, PullScript, RunScript, SimulatedGithub } from "@tidemark/world/github";

interface Recording {
	readonly repository: string;
	/** When the last of it ended. */
	readonly recordedAt: string;
	readonly runs: readonly RunScript[];
	readonly pulls: readonly PullScript[];
	readonly commits: readonly CommitScript[];
}

/** A simulated GitHub with a recorded world, as if it had ended just now. */
export async function openDemoGithub(recording: URL): Promise<SimulatedGithub & { readonly repository: string }> {
	// Loaded late: it brings a server that no other command needs.
	const { simulateGithub } = await import("@tidemark/world/github");
	const text = await readFile(recording, "utf8");
	const { recordedAt }: Recording = JSON.parse(text);
	const now = Date.now();
	const { repository, runs, pulls, commits }: Recording = JSON.parse(moveMoments(text, now - Date.parse(recordedAt)));
	const github = await simulateGithub({ now: new Date(now).toISOString(), validate: false });
	const home = github.addRepository(repository, { visibility: "private" });
	for (const run of runs) home.addRun(run);
	for (const pull of pulls) home.addPull(pull);
	for (const commit of commits) home.addCommit(commit);
	return { ...github, repository };
}

/** Moves all moments in a JSON text by so many milliseconds; they keep GitHub's precision of a second. */
function moveMoments(text: string, byMs: number): string {
	return text.replace(/"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)"/g, (_, moment: string) => {
		return `"${new Date(Date.parse(moment) + byMs).toISOString().slice(0, 19)}Z"`;
	});
}

/** Copies a usage file whose first column is the time, with all times moved so that the newest one is now. */
export async function copyToNow(from: URL, to: string): Promise<void> {
	const [header, ...lines] = (await readFile(from, "utf8")).trim().split(/\r?\n/);
	const rows = lines.map((line) => {
		const [time = "", ...rest] = line.split(",");
		return { instant: parseInstant(time), rest: rest.join(",") };
	});
	const newest =
		rows
			.map(({ instant }) => instant)
			.sort()
			.at(-1) ?? "";
	const byMs = Date.now() - Date.parse(newest);
	const moved = rows.map(({ instant, rest }) => `${moveInstant(instant, byMs)},${rest}`);
	await mkdir(dirname(to), { recursive: true });
	await writeFile(to, `${[header, ...moved].join("\n")}\n`);
}

/** A Date holds no microseconds; they stay what they are. */
function moveInstant(instant: string, byMs: number): string {
	const milliseconds = new Date(Date.parse(`${instant.slice(0, 23)}Z`) + byMs).toISOString().slice(0, 23);
	return `${milliseconds}${instant.slice(23)}`;
}
