import { addKnown, type Rate, rateOf, sumOf, toNanoDollar } from "../figure.ts";
import type { JobCell } from "./job-cells.ts";
import { isStandard } from "./runner.ts";
import { runnerPrices } from "./runner-prices.ts";

/** What some jobs took and cost. Only jobs that ran in their attempt count, those of re-runs too. */
export interface RunnerFigures {
	readonly jobs: number;
	/** Each job rounded up to whole minutes, as GitHub bills them; null where no job is known. */
	readonly minutes: number | null;
	/** Share of the minutes that went to what failed, was cancelled or ran again; n are the minutes. */
	readonly wasted: Rate & { readonly minutes: number | null };
	/** US dollars, gross: before the minutes that an account has included, of which a repository knows nothing. */
	readonly cost: {
		/** At list prices less what is free: standard runners in public repositories, runners of one's own. */
		readonly usd: number | null;
		/** What the same minutes cost at list prices if nothing were free; runners of one's own stay at 0. */
		readonly listUsd: number | null;
		/** Minutes for which no price is known: both sums are lower bounds when there are any. */
		readonly unpricedMinutes: number;
	};
}

/** The repositories that are public, by GitHub's id: what is not known to be public is charged. */
export type PublicRepositories = ReadonlySet<number>;

export function runnerFiguresOf(cells: readonly JobCell[], publicRepositories: PublicRepositories): RunnerFigures {
	const jobs = sumOf(cells, (cell) => cell.jobs);
	const minutes = sumOf(cells, (cell) => cell.minutes);
	const wastedMinutes = sumOf(cells, (cell) => cell.wastedMinutes);
	const priced = cells
		.filter((cell) => cell.jobs > 0)
		.map((cell) => ({ ...cell, rate: rateOfCell(cell), isFree: isFree(cell, publicRepositories) }));
	const list = priced.map(({ minutes, rate }) => (rate === null ? null : minutes * rate));
	const charged = priced.map(({ minutes, rate, isFree }) => (rate === null ? null : isFree ? 0 : minutes * rate));
	return {
		jobs,
		minutes: jobs === 0 ? null : minutes,
		wasted: { ...rateOf(wastedMinutes, minutes), minutes: jobs === 0 ? null : wastedMinutes },
		cost: {
			usd: toNanoDollar(addKnown(charged)),
			listUsd: toNanoDollar(addKnown(list)),
			unpricedMinutes: sumOf(
				priced.filter(({ rate }) => rate === null),
				({ minutes }) => minutes,
			),
		},
	};
}

/** US dollars a minute at the time of the jobs; null where no price is known. */
function rateOfCell({ machine: { runner }, prices }: JobCell): number | null {
	if (runner === null) return null;
	return runner === "self-hosted" ? 0 : (runnerPrices[prices]?.usdPerMinute[runner] ?? null);
}

function isFree({ machine: { runner }, repositoryId }: JobCell, publicRepositories: PublicRepositories): boolean {
	return publicRepositories.has(repositoryId) && runner !== null && runner !== "self-hosted" && isStandard(runner);
}
