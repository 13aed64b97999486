import { fileURLToPath } from "node:url";
import { addRuns } from "../packages/action/test/busy-github.ts";
import { simulateGithub } from "../packages/world/src/github/index.ts";
import type { Bench } from "./bench.ts";
import { median } from "./figure.ts";
import { type Measured, measureProcess } from "./measured-process.ts";

const rounds = 7;
const peakMemory = new URL("peak-memory.mjs", import.meta.url).href;
const bundle = fileURLToPath(new URL("../packages/action/dist/index.js", import.meta.url));

/** The Action as a runner starts it, for a repository of 3,000 runs a month; the simulated GitHub answers at once. */
export const action: Bench = async ({ directory, serverUrl }) => {
	const run = (environment: Readonly<Record<string, string>>): Promise<Measured> =>
		measureProcess(process.execPath, ["--import", peakMemory, bundle], environment, directory);
	const starts: number[] = [];
	for (let round = 0; round < rounds; round++) starts.push((await run({ "INPUT_FAIL-ON": "never" })).seconds);
	await using github = await simulateGithub({ now: new Date().toISOString(), validate: false });
	github.addToken("test-token", { limit: 15_000 });
	addRuns(github.addRepository("acme/app"), { runs: 3000, days: 29 });
	const environment = {
		"INPUT_DATABASE-URL": serverUrl,
		"INPUT_GITHUB-TOKEN": "test-token",
		GITHUB_API_URL: github.url,
		GITHUB_REPOSITORY: "acme/app",
	};
	const first = await run(environment);
	const next = await run(environment);
	const peak = Math.max(first.peakMegabytes ?? Number.NaN, next.peakMegabytes ?? Number.NaN);
	return [
		{
			name: "the Action, start to end without a database",
			measured: median(starts),
			unit: "s",
			limit: 0.4,
			isFloor: false,
		},
		{ name: "the Action's first run, 3,000 runs", measured: first.seconds, unit: "s", limit: 60, isFloor: false },
		{ name: "the Action's next run", measured: next.seconds, unit: "s", limit: 60, isFloor: false },
		{ name: "the Action's peak memory", measured: peak, unit: "MB", limit: 200, isFloor: false },
	];
};
