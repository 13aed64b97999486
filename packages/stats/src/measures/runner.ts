/** Machines that GitHub rents out, by the names of its price list. A number is the number of cores; without one, the standard size. */
const runnerKinds = [
	...(["linux-slim", "linux", "linux-arm", "windows", "windows-arm", "macos", "macos-large", "macos-xlarge"] as const),
	...(["linux-4", "linux-8", "linux-16", "linux-32", "linux-64", "linux-96"] as const),
	...(["linux-arm-4", "linux-arm-8", "linux-arm-16", "linux-arm-32", "linux-arm-64"] as const),
	...(["windows-4", "windows-8", "windows-16", "windows-32", "windows-64", "windows-96"] as const),
	...(["windows-arm-4", "windows-arm-8", "windows-arm-16", "windows-arm-32", "windows-arm-64"] as const),
] as const;

export type RunnerKind = (typeof runnerKinds)[number];

/** What runs a job: a machine of GitHub's, or a self-hosted one. */
export type Runner = RunnerKind | "self-hosted";

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
	if (lower.includes("self-hosted")) return "self-hosted";
	return lower.map(findKind).find((kind) => kind !== null) ?? null;
}

/** These are free in public repositories; the larger ones always cost. */
export function isStandard(kind: RunnerKind): boolean {
	return !/-\d+$|large$/.test(kind);
}

function findKind(label: string): RunnerKind | null {
	const name = nameKind(label);
	return runnerKinds.find((kind) => kind === name) ?? null;
}

function nameKind(label: string): string {
	if (label === "ubuntu-slim") return "linux-slim";
	const [, system, arm = "", cores] = linuxOrWindows.exec(label) ?? [];
	if (system) return [system === "ubuntu" ? "linux" : system, arm.slice(1), cores].filter(Boolean).join("-");
	const [isMac, size] = mac.exec(label) ?? [];
	return isMac ? ["macos", size].filter(Boolean).join("-") : "";
}
