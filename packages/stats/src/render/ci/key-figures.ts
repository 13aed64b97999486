import type { AttemptTimes } from "../../ci/attempt-times.ts";
import type { Ci } from "../../ci/ci.ts";
import type { CiFigures } from "../../ci/ci-figures.ts";
import { isNeither } from "../../ci/conditions.ts";
import type { RunnerFigures } from "../../ci/runner-figures.ts";
import type { RunnerGroup } from "../../ci/runner-groups.ts";
import { cleanText, nameOf } from "../clean-text.ts";
import { keyFigure, widthOf } from "../key-figure.ts";
import { count, duration, money, percentage, plural, seconds, unknown } from "../numbers.ts";
import type { KeyFigure } from "../part.ts";

const mostNamed = 5;

/** How the runs went, how long they took and what they cost, every rate with the number behind it. */
export function runFigures({ total, buckets, red, timeToGreen, flakyMinutes, runners }: Ci): KeyFigure[] {
	const { rerun, flaky } = total;
	return [
		keyFigure("Runs", count(total.runs), [...widthOf(buckets), plural(total.attempts, "attempt")], total.trend),
		keyFigure("Success", percentage(total.success.rate), successNotes(total)),
		...redFigures(total, red, timeToGreen),
		keyFigure("Re-runs", percentage(rerun.rate), [`${count(rerun.runs)} of ${plural(rerun.known, "run")}`]),
		keyFigure("Flaky", percentage(flaky.rate), [
			`at least ${count(flaky.runs)} of ${plural(flaky.known, "run")}`,
			...(flakyMinutes > 0 ? [`${duration(flakyMinutes * 60_000)} lost`] : []),
		]),
		keyFigure("Duration", seconds(total.duration.p50), durationNotes(total)),
		keyFigure("Queue", seconds(total.queue.p50), percentileNotes(total.queue)),
		keyFigure("Minutes", minutes(total.runners.minutes), minuteNotes(total.runners)),
		keyFigure("Cost", chargedMoney(total.runners.cost), costNotes(total.runners.cost, runners)),
	];
}

/** Without a result on the default branch nobody can say. */
function redFigures({ onDefaultBranch }: CiFigures, red: Ci["red"], timeToGreen: Ci["timeToGreen"]): KeyFigure[] {
	if (onDefaultBranch.known === 0) return [keyFigure("Red now", unknown, ["no result on a default branch"])];
	const words = red.length === 0 ? "all workflows are green" : red.length === 1 ? "workflow" : "workflows";
	return [
		keyFigure("Red now", count(red.length), [`${words} on the default branch`]),
		keyFigure("To green", seconds(timeToGreen.median), greenNotes(timeToGreen)),
	];
}

export function changeFigures({ pullRequests, commits }: Ci): KeyFigure[] {
	const { opened, merged, closed, hoursToMerge, reopened } = pullRequests;
	const hours = hoursToMerge === null ? [] : [`median ${duration(hoursToMerge * 3_600_000)} to the merge`];
	const again = reopened.known > 0 ? [`${percentage(reopened.rate)} of ${count(reopened.known)} reopened`] : [];
	return [
		keyFigure("Merged", count(merged), [
			...hours,
			`${count(opened)} opened`,
			`${count(closed - merged)} closed unmerged`,
			...again,
		]),
		keyFigure("Commits", count(commits), ["on the default branch"]),
	];
}

function successNotes({ success, onDefaultBranch, firstPass, outcomes }: CiFigures): string[] {
	const others = outcomes.filter(({ outcome }) => isNeither(outcome));
	const named = others.slice(0, mostNamed).map(({ outcome, runs }) => `${count(runs)} ${wordsOf(outcome)}`);
	const left = others.slice(mostNamed).reduce((sum, { runs }) => sum + runs, 0);
	return [
		`of ${plural(success.known, "run")}`,
		`default branch ${percentage(onDefaultBranch.rate)} of ${count(onDefaultBranch.known)}`,
		`first try ${percentage(firstPass.rate)} of ${count(firstPass.known)}`,
		...(named.length > 0 ? [`besides ${[...named, ...(left > 0 ? [`${count(left)} other`] : [])].join(", ")}`] : []),
	];
}

/** `action_required` as a person writes it. */
function wordsOf(outcome: string): string {
	return cleanText(outcome).replaceAll("_", " ");
}

function greenNotes({ closed, closedBySameCommit }: Ci["timeToGreen"]): string[] {
	const median = closed === 0 ? "nothing turned green again" : `median of ${plural(closed, "time")} red`;
	return [median, ...(closedBySameCommit > 0 ? [`${count(closedBySameCommit)} ended by the same commit`] : [])];
}

function durationNotes({ duration, estimates }: AttemptTimes): string[] {
	// They would only be guesses from when GitHub last touched the run.
	return [...percentileNotes(duration), ...(estimates > 0 ? [`${count(estimates)} without a job that ran`] : [])];
}

function percentileNotes({ p95, known }: AttemptTimes["duration"]): string[] {
	const behind = `of ${plural(known, "attempt")}`;
	if (known === 0) return [behind];
	return ["median", ...(p95 === null ? [] : [`p95 ${seconds(p95)}`]), behind];
}

export function minutes(value: number | null): string {
	return value === null ? unknown : count(Math.round(value));
}

/** At least that, where some minutes have no price. */
export function chargedMoney({ usd, unpricedMinutes }: RunnerFigures["cost"]): string {
	return usd !== null && unpricedMinutes > 0 ? `≥ ${money(usd)}` : money(usd);
}

function minuteNotes({ jobs, wasted }: RunnerFigures): string[] {
	const share = wasted.rate === null ? [] : [`${percentage(wasted.rate)} failed, cancelled or run again`];
	return [`of ${plural(jobs, "job")}, each rounded up`, ...share];
}

function costNotes(
	{ usd, listUsd, unpricedMinutes }: RunnerFigures["cost"],
	runners: readonly RunnerGroup[],
): string[] {
	const isPartlyFree = usd !== null && listUsd !== null && listUsd > usd;
	const free = isPartlyFree ? [`${money(listUsd)} if public repositories were charged`] : [];
	const unpriced = runners.filter(({ cost }) => cost.unpricedMinutes > 0).map(({ name }) => nameOf(name));
	const named = [...unpriced.slice(0, mostNamed), ...(unpriced.length > mostNamed ? ["…"] : [])].join("; ");
	return [
		...(usd === null ? [] : ["list price, before included minutes"]),
		...free,
		...(unpricedMinutes > 0 ? [`${minutes(unpricedMinutes)} minutes without a known price: ${named}`] : []),
	];
}
