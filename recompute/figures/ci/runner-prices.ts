/** What GitHub charges for the machines of the worlds, in thousandths of a US dollar a minute, since January 2026. */
interface Machine {
	readonly runner: string | null;
	/** Null where nobody knows a price. */
	readonly price: number | null;
	/** Standard runners are free in public repositories. */
	readonly isStandard: boolean;
}

const machines: Readonly<Record<string, Machine>> = {
	"ubuntu-latest": { runner: "linux", price: 6, isStandard: true },
	"ubuntu-22.04": { runner: "linux", price: 6, isStandard: true },
	"ubuntu-24.04-arm": { runner: "linux-arm", price: 5, isStandard: true },
	"ubuntu-slim": { runner: "linux-slim", price: 2, isStandard: true },
	"windows-latest": { runner: "windows", price: 10, isStandard: true },
	"macos-latest": { runner: "macos", price: 62, isStandard: true },
	"macos-14-xlarge": { runner: "macos-xlarge", price: 102, isStandard: false },
	"ubuntu-latest-8-cores": { runner: "linux-8", price: 22, isStandard: false },
	"self-hosted, linux, x64": { runner: "self-hosted", price: 0, isStandard: false },
	"gpu-box": { runner: null, price: null, isStandard: false },
};

const unknown: Machine = { runner: null, price: null, isStandard: false };

/** By the labels as they are shown. */
export function machineOf(labels: string | null): Machine {
	return (labels === null ? undefined : machines[labels]) ?? unknown;
}

/** The labels of a job in one order, whatever the job says; null where it says none. */
export function shownLabels(labels: readonly string[]): string | null {
	if (labels.length === 0) return null;
	const own = labels.filter((label) => label === "self-hosted");
	const rest = labels.filter((label) => label !== "self-hosted").sort();
	return [...own, ...rest].join(", ");
}
