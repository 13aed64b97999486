import type { RawCommit, RawPull } from "../figures/raw.ts";
import { iso } from "./moments.ts";
import type { Random } from "./random.ts";

const hourMs = 3_600_000;
const authors = ["heron", "tern", "avocet", "renovate[bot]", "dependabot[bot]", null];

/** Pull requests that were merged, closed, reopened, merged after all, and some that are still open. */
export function pullsOf(random: Random, moments: readonly number[], firstNumber: number): RawPull[] {
	return moments.map((moment, index) => {
		const events: RawPull["events"][number][] = [];
		let time = moment;
		const later = () => {
			time += random.integer(1, 90 * 60) * 60_000 + random.integer(0, 59) * 1000;
			return iso(time);
		};
		if (random.chance(0.15)) events.push({ at: later(), kind: "closed" }, { at: later(), kind: "reopened" });
		if (random.chance(0.7)) events.push({ at: later(), kind: "merged" });
		else if (random.chance(0.6)) events.push({ at: later(), kind: "closed" });
		// A word after the end moves `updated_at` alone.
		if (random.chance(0.2)) events.push({ at: iso(time + hourMs), kind: "commented" });
		return { number: firstNumber + index, createdAt: iso(moment), author: random.pick(authors), events };
	});
}

/** Commits of the default branch, and some of a branch that never came to it. */
export function commitsOf(random: Random, moments: readonly number[], defaultBranch: string): RawCommit[] {
	return moments.map((moment) => {
		const branch = random.chance(0.15) ? "experiment" : defaultBranch;
		return { sha: random.hex(40), committedAt: iso(moment), branch };
	});
}
