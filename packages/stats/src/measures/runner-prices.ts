import type { RunnerKind } from "./runner.ts";

/** What a minute costs, in US dollars, before the minutes that an account has included. */
export interface RunnerPrices {
	/** The instant (UTC) from which they hold; null for the first ones we know. */
	readonly validFrom: string | null;
	readonly usdPerMinute: Readonly<Partial<Record<RunnerKind, number>>>;
}

/**
 * GitHub's list prices, oldest first.
 *
 * From 2026: github/docs, data/reusables/actions/actions-standard-runner-prices.md at d0b8a13 and
 * content/billing/reference/actions-runner-pricing.md at 0460e40. Before: the same tables' former figures, of which
 * only those of the standard x64 and macOS runners are known to us.
 */
export const runnerPrices: readonly RunnerPrices[] = [
	{ validFrom: null, usdPerMinute: { linux: 0.008, windows: 0.016, macos: 0.08 } },
	{
		validFrom: "2026-01-01T00:00:00.000000Z",
		usdPerMinute: {
			...{ "linux-slim": 0.002, linux: 0.006, "linux-arm": 0.005 },
			...{ windows: 0.01, "windows-arm": 0.008 },
			...{ macos: 0.062, "macos-large": 0.077, "macos-xlarge": 0.102 },
			...{ "linux-4": 0.012, "linux-8": 0.022, "linux-16": 0.042 },
			...{ "linux-32": 0.082, "linux-64": 0.162, "linux-96": 0.252 },
			...{ "windows-4": 0.022, "windows-8": 0.042, "windows-16": 0.082 },
			...{ "windows-32": 0.162, "windows-64": 0.322, "windows-96": 0.552 },
			...{ "linux-arm-4": 0.008, "linux-arm-8": 0.014, "linux-arm-16": 0.026 },
			...{ "linux-arm-32": 0.05, "linux-arm-64": 0.098 },
			...{ "windows-arm-4": 0.014, "windows-arm-8": 0.026, "windows-arm-16": 0.05 },
			...{ "windows-arm-32": 0.098, "windows-arm-64": 0.194 },
		},
	},
];

/** The instants at which prices changed, ascending. */
export const priceChanges: readonly string[] = runnerPrices.flatMap(({ validFrom }) => validFrom ?? []);
