import { describe, expect, it } from "vitest";
import { findRunner, isStandard, runnerPrices } from "../../src/measures/runner.ts";

describe("the runner that labels ask for", () => {
	for (const [label, runner] of [
		["ubuntu-latest", "linux"],
		["ubuntu-22.04", "linux"],
		["Ubuntu-24.04", "linux"],
		["ubuntu-slim", "linux-slim"],
		["ubuntu-24.04-arm", "linux-arm"],
		["windows-latest", "windows"],
		["windows-2025-vs2026", "windows"],
		["windows-11-arm", "windows-arm"],
		["macos-latest", "macos"],
		["macos-15-intel", "macos"],
		["macos-14-large", "macos-large"],
		["macos-latest-xlarge", "macos-xlarge"],
		["ubuntu-latest-16-cores", "linux-16"],
		["ubuntu-24.04-arm-4-core", "linux-arm-4"],
		["windows-2022-8cores", "windows-8"],
	] as const) {
		it(`is ${runner} for ${label}`, () => {
			expect(findRunner([label])).toBe(runner);
		});
	}

	it("is one's own wherever a label says so", () => {
		expect(findRunner(["linux", "Self-Hosted", "ubuntu-latest"])).toBe("self-hosted");
	});

	it("is found among labels that say nothing", () => {
		expect(findRunner(["team-a", "ubuntu-latest"])).toBe("linux");
	});

	it("is not guessed", () => {
		const unknown = [
			"ubuntu",
			"ubuntu-latest-gpu",
			"ubuntu-latest-7-cores",
			"windows-11-arm-96-cores",
			"macos-14-huge",
		];
		for (const label of [...unknown, "my-ubuntu-latest", "linux", "big-box", ""])
			expect(findRunner([label])).toBeNull();
		expect(findRunner([])).toBeNull();
	});

	it("is free in public repositories only in its standard size", () => {
		expect(
			(["linux", "linux-slim", "linux-arm", "windows", "windows-arm", "macos"] as const).filter(isStandard),
		).toHaveLength(6);
		expect((["linux-4", "windows-arm-64", "macos-large", "macos-xlarge"] as const).filter(isStandard)).toEqual([]);
	});
});

describe("the price lists", () => {
	it("follow each other in time, the first one open to the past", () => {
		const times = runnerPrices.map(({ validFrom }) => validFrom ?? "");
		expect(times).toEqual([...times].sort());
		expect(times[0]).toBe("");
	});

	it("price every runner that labels can ask for", () => {
		const labels = [
			"ubuntu-slim",
			"ubuntu-latest",
			"ubuntu-latest-arm",
			"windows-latest",
			"windows-latest-arm",
			"macos-latest",
		];
		const sizes = ["ubuntu-latest", "windows-latest", "ubuntu-latest-arm"].flatMap((label) =>
			[4, 8, 16, 32, 64].map((cores) => `${label}-${cores}-cores`),
		);
		for (const label of [...labels, ...sizes, "ubuntu-latest-96-cores", "macos-latest-large", "macos-latest-xlarge"]) {
			const runner = findRunner([label]);
			if (runner === null || runner === "self-hosted") throw new Error(`${label} is no runner of GitHub's`);
			expect(runnerPrices.at(-1)?.usdPerMinute[runner], label).toBeGreaterThan(0);
		}
	});
});
