import { totalCounts } from "@tidemark/core";
import { renderMarkdown } from "@tidemark/stats";
import type { Report } from "../report/report.ts";
import { cameIn } from "./came-in.ts";
import { costChart, runsChart } from "./charts.ts";
import { ciRows, llmRows } from "./figure-rows.ts";
import { blocks, escaped, folded, plainText, table } from "./markdown.ts";
import { missing } from "./missing.ts";
import { count, moment, money, percentage, plural, size, unknown } from "./numbers.ts";
import { redAndSlow } from "./red-and-slow.ts";
import { weekTable } from "./week-table.ts";
import type { Weeks } from "./weeks.ts";
import { workflowTable } from "./workflow-table.ts";

/** The job summary in pieces, the most important first; each may be left out where it does not fit. */
export function summaryParts(report: Report): string[] {
	const { withheld, weeks } = report;
	if (withheld !== undefined) return [blocks("## Tidemark", escaped(withheld))];
	return [
		blocks("## Tidemark", headline(report)),
		titled("Missing, and why", missing(report)),
		...(weeks ? figures(weeks) : []),
		titled("What came in", cameIn(report)),
		weeks ? folded("All figures of these seven days", renderMarkdown(weeks.now)) : "",
	].filter((part) => part !== "");
}

function headline({ results, failures, unfinished, isCancelled, weeks }: Report): string {
	const { inserted, updated } = totalCounts(results);
	const state = [
		...(failures.length > 0 ? [`**${plural(failures.length, "thing")} went wrong.**`] : []),
		...(isCancelled ? ["**Cancelled.**"] : []),
		...(unfinished.length > 0 && !isCancelled ? ["**Not finished.**"] : []),
		`**${plural(inserted, "new row")}**${updated > 0 ? `, ${count(updated)} updated` : ""}.`,
	];
	if (!weeks) return state.join(" ");
	const through = [weeks.now.ci.dataThrough, weeks.now.llm.dataThrough].filter((at) => at !== null).sort();
	const scope = `Figures since ${moment(weeks.now.period.since)}, days in UTC`;
	const latest = through.at(-1);
	return blocks(state.join(" "), `${scope}${latest ? `, data through ${moment(latest)}` : ""}.`);
}

function figures(weeks: Weeks): string[] {
	const hasCi = weeks.now.ci.total.runs + weeks.before.ci.total.runs > 0;
	const hasCalls = weeks.now.llm.total.calls + weeks.before.llm.total.calls > 0;
	return [
		hasCi ? titled("Red or slow now", redAndSlow(weeks)) : "",
		hasCi ? titled("CI", blocks(weekTable(ciRows, weeks), runsChart(weeks), workflowTable(weeks))) : "",
		hasCalls ? titled("LLM calls", blocks(weekTable(llmRows, weeks), costChart(weeks), modelTable(weeks))) : "",
	];
}

const mostModels = 10;

function modelTable({ models }: Weeks): string {
	const known = (value: number | null, show: (value: number) => string) => (value === null ? unknown : show(value));
	return table(
		[
			{ title: "Model", align: "left", cell: ({ name }) => plainText(name ?? "(no name)") },
			{ title: "Calls", align: "right", cell: ({ calls }) => count(calls) },
			{ title: "Cost", align: "right", cell: ({ cost }) => known(cost.usd, money) },
			{ title: "Tokens in", align: "right", cell: ({ tokens }) => known(tokens.input, size) },
			{ title: "Tokens out", align: "right", cell: ({ tokens }) => known(tokens.output, size) },
			{ title: "Success", align: "right", cell: ({ success }) => known(success.rate, percentage) },
		],
		models.slice(0, mostModels),
	);
}

function titled(title: string, content: string): string {
	return content === "" ? "" : blocks(`### ${title}`, content);
}
