import type { RunnerGroup } from "../../ci/runner-groups.ts";
import { nameOf } from "../clean-text.ts";
import { count, money, percentage, seconds } from "../numbers.ts";
import type { Column } from "../text-table.ts";
import { chargedMoney, minutes } from "./key-figures.ts";

/** Jobs by what they ran on. */
export function runnerColumns(isCompact: boolean): Column<RunnerGroup>[] {
	const right = (title: string, weight: number, text: (group: RunnerGroup) => string) =>
		({ title, weight, text, align: "right" }) as const;
	return [
		{ title: "Runner", weight: 100, align: "left", text: ({ name }) => nameOf(name), cutTo: 16 },
		...(isCompact
			? []
			: [
					{
						title: "Priced as",
						weight: 30,
						align: "left" as const,
						text: ({ runner }: RunnerGroup) => runner ?? "unknown",
					},
				]),
		right("Jobs", 70, ({ jobs }) => count(jobs)),
		right("Minutes", 95, (group) => minutes(group.minutes)),
		right("Wasted", 60, ({ wasted }) => percentage(wasted.rate)),
		right("Queue p50", 80, ({ queue }) => seconds(queue.p50)),
		right("p95", 75, ({ queue }) => seconds(queue.p95)),
		right("Cost", 90, ({ cost }) => chargedMoney(cost)),
		right("List price", 50, ({ cost }) => money(cost.listUsd)),
	];
}
