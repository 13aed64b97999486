/**
 * GitHub's list prices from 2026, in US dollars a minute: github/docs,
 * data/reusables/actions/actions-standard-runner-prices.md at d0b8a13 and
 * content/billing/reference/actions-runner-pricing.md at 0460e40. A number in a name is the number of cores; without one
 * it is the standard size.
 */
const pricesOf2026 = {
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
};

/** Machines that GitHub rents out, by the names of its price list. */
type RunnerKind = keyof typeof pricesOf2026;

/** What runs a job: a machine of GitHub's, or a self-hosted one. */
export type Runner = RunnerKind | "self-hosted";

/** What a minute costs, in US dollars, before the minutes that an account has included. */
interface RunnerPrices {
	/** The instant (UTC) from which they hold; null for the first ones we know. */
	readonly validFrom: string | null;
	readonly usdPerMinute: Readonly<Partial<Record<RunnerKind, number>>>;
}

/** Oldest first. Of the former prices only those of the standard x64 and macOS runners are known to us. */
export const runnerPrices: readonly RunnerPrices[] = [
	{ validFrom: null, usdPerMinute: { linux: 0.008, windows: 0.016, macos: 0.08 } },
	{ validFrom: "2026-01-01T00:00:00.000000Z", usdPerMinute: pricesOf2026 },
];

/** The instants at which prices changed, ascending. */
export const priceChanges: readonly string[] = runnerPrices.flatMap(({ validFrom }) => validFrom ?? []);

const version = String.raw`(?:latest|\d+(?:\.\d+)?(?:-vs\d+)?)`;
const linuxOrWindows = new RegExp(`^(ubuntu|windows)-${version}(-arm)?(?:-(\\d+)-?cores?)?$`);
const mac = new RegExp(`^macos-${version}(?:-intel|-(large|xlarge))?$`);

/**
 * The machine that a job's labels ask for; null when they do not say, as with labels that an organisation made up. Larger
 * runners are recognised by the names that GitHub proposes for them: `ubuntu-latest-8-cores`.
 *
 * Labels: https://docs.github.com/en/actions/reference/runners/github-hosted-runners
 */
export function findRunner(labels: readonly string[]): Runner | null {
	const lower = labels.map((label) => label.toLowerCase());
	return lower.includes("self-hosted") ? "self-hosted" : (lower.map(nameRunner).find(isKind) ?? null);
}

/** These are free in public repositories; the larger ones always cost. */
export function isStandard(kind: RunnerKind): boolean {
	return !/-\d+$|large$/.test(kind);
}

function isKind(name: string): name is RunnerKind {
	return Object.hasOwn(pricesOf2026, name);
}

function nameRunner(label: string): string {
	if (label === "ubuntu-slim") return "linux-slim";
	const [, system, arm = "", cores] = linuxOrWindows.exec(label) ?? [];
	if (system) return [system === "ubuntu" ? "linux" : system, arm.slice(1), cores].filter(Boolean).join("-");
	const [isMac, size] = mac.exec(label) ?? [];
	return isMac ? ["macos", size].filter(Boolean).join("-") : "";
}
