import type { Group } from "../../calls/calls.ts";
import { nameOf } from "../clean-text.ts";
import { count, duration, money, percentage, size, unknown } from "../numbers.ts";
import { upperFirst } from "../period-words.ts";
import { bar, condense, sparkline } from "../sparkline.ts";
import type { Column } from "../text-table.ts";

const trendWidth = 16;

/** The columns of groups of calls, whole or, for narrow places, only what matters most. */
export function groupColumns(by: string, groups: readonly Group[], compact: boolean): Column<Group>[] {
	const right = (title: string, weight: number, text: (group: Group) => string) =>
		({ title, weight, text, align: "right" }) as const;
	const isUnpriced = groups.some(({ cost }) => cost.unpriced > 0);
	const untimed = groups.some(({ calls, duration }) => duration.known < calls);
	const mostCalls = Math.max(...groups.map(({ calls }) => calls));
	const trendOf = ({ trend, calls }: Group) =>
		trend ? sparkline(condense(trend.calls, trendWidth)) : bar(calls, mostCalls, trendWidth);
	return [
		{ title: upperFirst(by), weight: 100, align: "left", text: ({ name }) => nameOf(name), cutTo: 16 },
		right("Calls", 95, ({ calls }) => count(calls)),
		right("Success (n)", 80, ({ success }) =>
			success.known ? `${percentage(success.rate)} (${size(success.known)})` : unknown,
		),
		...(compact
			? [right("Tokens", 60, ({ tokens }) => size(total(tokens)))]
			: [
					right("In", 60, ({ tokens }) => size(tokens.input)),
					right("Out", 60, ({ tokens }) => size(tokens.output)),
					right("Cached", 40, ({ tokens }) => size(tokens.cacheRead)),
				]),
		right("Cost", 90, ({ cost }) => money(cost.usd)),
		...(isUnpriced
			? [right("Unpriced", compact ? 30 : 55, ({ cost }) => (cost.unpriced ? count(cost.unpriced) : ""))]
			: []),
		right("p50", 70, (group) => duration(group.duration.p50)),
		right("p95", 70, (group) => duration(group.duration.p95)),
		...(untimed && !compact ? [right("Timed", 35, (group) => count(group.duration.known))] : []),
		...(compact
			? []
			: [
					{
						title: by === "day" ? "" : "Trend",
						weight: 50,
						align: "left" as const,
						text: trendOf,
						style: () => "cyan" as const,
					},
				]),
	];
}

function total({ input, output }: Group["tokens"]): number | null {
	return input === null && output === null ? null : (input ?? 0) + (output ?? 0);
}
