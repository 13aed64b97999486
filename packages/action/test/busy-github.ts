import { type SimulatedGithub, type SimulatedRepository, simulateGithub } from "@tidemark/world/github";

const dayMs = 86_400_000;

/** A GitHub whose time is now. */
export function githubOfToday(): Promise<SimulatedGithub> {
	return simulateGithub({ now: new Date().toISOString() });
}

interface Busyness {
	readonly runs: number;
	/** Over how many days before now they are spread. */
	readonly days: number;
	readonly workflow?: string;
}

/** Runs with two jobs each, every fifth of which failed, spread evenly over the last days; the newest an hour ago. */
export function addRuns(repository: SimulatedRepository, { runs, days, workflow = "CI" }: Busyness): void {
	const newest = Date.now() - dayMs / 24;
	for (let run = runs - 1; run >= 0; run--) {
		const startedMs = newest - (run * days * dayMs) / runs;
		const at = (seconds: number) => new Date(startedMs + seconds * 1000).toISOString();
		const conclusion = run % 5 === 4 ? "failure" : "success";
		repository.addRun({
			createdAt: at(0),
			workflow: { name: workflow },
			branch: "main",
			event: "push",
			attempts: [
				{
					startedAt: at(0),
					endedAt: at(300),
					conclusion,
					jobs: [
						{ name: "lint", startedAt: at(10), completedAt: at(70), labels: ["ubuntu-24.04"] },
						{ name: "test", startedAt: at(12), completedAt: at(290), conclusion, labels: ["ubuntu-24.04"] },
					],
				},
			],
		});
	}
}
