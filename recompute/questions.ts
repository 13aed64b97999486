import { dateIn } from "./figures/zone.ts";
import { clockChanges, zones } from "./world/moments.ts";

/** What `stats` is asked. */
export interface Question {
	readonly by?: string;
	readonly zone?: string;
	/** As `--since` takes it; from the beginning of the world if left out. */
	readonly since?: string;
}

const groupings = ["workflow", "runner", "repository", "model", "phase", "developer", "source"];

/** All groupings; days in each zone, and from the day on which its clock was changed; periods that begin at any time. */
export function allQuestions(now: number): Question[] {
	return [
		{},
		...groupings.map((by) => ({ by })),
		{ by: "day" },
		...zones.map((zone) => ({ by: "day", zone })),
		...zones.flatMap((zone) => clockChanges(zone, now).map((change) => ({ zone, since: dateIn(zone, change) }))),
		{ since: "32d" },
		{ since: "5d", by: "workflow" },
		{ since: "2d", zone: "Asia/Kathmandu" },
		{ since: "2h" },
	];
}

export function argumentsOf({ by, zone, since }: Question): string[] {
	return [...(by ? ["--by", by] : []), ...(zone ? ["--zone", zone] : []), ...(since ? ["--since", since] : [])];
}
