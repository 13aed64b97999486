import type { Bench } from "./bench.ts";
import { median } from "./figure.ts";
import { measureTelemetry } from "./measured-process.ts";

const rounds = 7;

/** What a person waits for before anything happens. */
export const startUp: Bench = async ({ directory, serverUrl }) => {
	const environment = { DATABASE_URL: serverUrl };
	await measureTelemetry(["db", "migrate"], environment, directory);
	const medianOf = async (...args: string[]) => {
		const seconds: number[] = [];
		for (let round = 0; round < rounds; round++) {
			seconds.push((await measureTelemetry(args, environment, directory)).seconds);
		}
		return median(seconds);
	};
	return [
		{ name: "telemetry --help", measured: await medianOf("--help"), unit: "s", limit: 0.5, isFloor: false },
		{
			name: "telemetry stats on a small PostgreSQL",
			measured: await medianOf("stats"),
			unit: "s",
			limit: 1,
			isFloor: false,
		},
	];
};
