import { percentile, rateOf } from "../numbers.ts";
import type { RawPull, RawWorld } from "../raw.ts";

/** The pull requests and commits of a period. */
export function changesOf(world: RawWorld, since: number) {
	const until = Date.parse(world.looks.at(-1) ?? "");
	const counts = { opened: 0, merged: 0, closed: 0, closed_unmerged: 0, bots_merged: 0 };
	const hours: number[] = [];
	const reopened = { part: 0, known: 0 };
	let commits = 0;
	for (const { pulls, commits: all, defaultBranch } of world.repositories) {
		for (const pull of pulls) {
			const { created, closed, merged, isReopened } = seePull(pull, until);
			const isBot = pull.author?.endsWith("[bot]") === true;
			if (created >= since && created <= until) counts.opened++;
			if (closed !== null && closed >= since) {
				counts.closed++;
				if (merged === null) counts.closed_unmerged++;
				reopened.known++;
				if (isReopened) reopened.part++;
			}
			if (merged === null || merged < since) continue;
			counts.merged++;
			if (isBot) counts.bots_merged++;
			else hours.push((merged - created) / 3_600_000);
		}
		for (const { committedAt, branch = defaultBranch } of all) {
			if (branch === defaultBranch && Date.parse(committedAt) >= since) commits++;
		}
	}
	return {
		pull_requests: {
			...counts,
			median_hours_to_merge: percentile(hours, 0.5),
			reopened_rate: rateOf(reopened.part, reopened.known).rate,
			reopened_known: reopened.known,
		},
		commits,
	};
}

function seePull({ createdAt, events }: RawPull, until: number) {
	let closed: number | null = null;
	let merged: number | null = null;
	let isReopened = false;
	for (const { at, kind } of events) {
		const time = Date.parse(at);
		if (time > until || kind === "commented") continue;
		closed = kind === "reopened" ? null : time;
		merged = kind === "merged" ? time : null;
		if (kind === "reopened") isReopened = true;
	}
	return { created: Date.parse(createdAt), closed, merged, isReopened };
}
