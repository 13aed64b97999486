import { type Comparison, compare } from "./compare.ts";
import type { SaidIngestion } from "./figures/ingestions.ts";
import { type Known, overviewOf } from "./figures/overview.ts";
import { startOfDate } from "./figures/zone.ts";
import { argumentsOf, type Question } from "./questions.ts";
import { type Telemetry, telemetry } from "./telemetry.ts";

interface Said {
	readonly period: { readonly since: string };
	readonly ingestions: readonly SaidIngestion[];
}

/** Asks `stats` a question and recomputes everything it says. */
export async function ask(known: Known, question: Question, command: Telemetry): Promise<Comparison[]> {
	const { by = null, zone = "UTC", since = known.world.since } = question;
	await waitForQuarter();
	const args = ["stats", "--json", ...argumentsOf({ ...question, since })];
	const answer = await telemetry(command, args).catch((error: unknown) => String(error));
	if (typeof answer === "string")
		return [{ path: `the answer to ${args.join(" ")}`, expected: "JSON", actual: answer, isEqual: false }];
	const { out, started, ended } = answer;
	const said: Said = JSON.parse(out);
	const view = { since: sinceOf(since, zone, { said, started, ended }), now: started, zone, by };
	return compare(overviewOf(known, view, said.ingestions), said);
}

interface Asked {
	readonly said: Said;
	readonly started: number;
	readonly ended: number;
}

/** A span back from now is taken as `stats` says it, if it looked while it ran. */
function sinceOf(since: string, zone: string, { said, started, ended }: Asked): number {
	const [, count, unit] = /^(\d+)([dh])$/.exec(since) ?? [];
	if (count === undefined) return since.includes("T") ? Date.parse(since) : startOfDate(zone, since);
	const back = Number(count) * (unit === "d" ? 24 : 1) * 3_600_000;
	const given = Date.parse(said.period.since);
	return given >= started - back && given <= ended - back ? given : started - back;
}

const quarterMs = 15 * 60_000;
const slackMs = 15_000;

/** Days, hours and most shorter pieces of time end at quarters of an hour: none may end while `stats` starts. */
async function waitForQuarter(): Promise<void> {
	const left = quarterMs - (Date.now() % quarterMs);
	if (left < slackMs) await new Promise((resolve) => setTimeout(resolve, left));
}
