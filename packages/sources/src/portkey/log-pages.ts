import type { Context, Item, Line } from "@tidemark/core";
import { costUnitOf } from "./cost-unit.ts";
import { readLine } from "./log-item.ts";
import type { RawLog } from "./raw-log.ts";
import type { PortkeyConfig } from "./settings.ts";

export interface LogPage {
	readonly items: readonly Item[];
	/** Lines that held something, from the first page on. */
	readonly lines: number;
	/** Settled now or before. */
	readonly costUnit: "usd" | "cents" | undefined;
	/** Where its last line ends. */
	readonly end: Pick<Line, "end" | "number">;
}

interface LogPagesOptions {
	/** Where a line stands, for a person. Without one it is named by the log's id, wherever it stands. */
	readonly placeOf?: (line: Line) => string;
	/** False for a line that is to be read another time. */
	readonly isWanted?: (line: Line, isJson: boolean) => boolean;
	readonly pageSize: number;
	/** As it was settled before. */
	readonly costUnit: "usd" | "cents" | undefined;
}

/** A page of long lines is a short one. */
const pageCharacters = 16 * 1024 * 1024;

/** Lines of an export in pages of items, each with the unit of its cost. Where they break off, what came before is handed over. */
export async function* logPages(
	lines: AsyncIterable<Line>,
	{ config, report }: Pick<Context<PortkeyConfig>, "config" | "report">,
	{ placeOf, isWanted, costUnit: known, pageSize }: LogPagesOptions,
): AsyncIterable<LogPage> {
	const units = new CostUnits(config.costUnit === "auto" ? known : config.costUnit, report);
	let [items, logs, characters, count]: [Item[], RawLog[], number, number] = [[], [], 0, 0];
	let end: LogPage["end"] | undefined;
	try {
		for await (const line of lines) {
			if (line.text?.trim() !== "") {
				const { item, log, isJson } = readLine(line, placeOf?.(line), config.storePrompts);
				if (isWanted && !isWanted(line, isJson)) continue;
				items.push(item);
				if (log) logs.push(log);
				characters += line.text?.length ?? 0;
				count++;
			}
			end = line;
			if (items.length < pageSize && characters < pageCharacters) continue;
			yield { items, lines: count, costUnit: units.settle(logs), end };
			[items, logs, characters] = [[], [], 0];
		}
	} catch (error) {
		if (end) yield { items, lines: count, costUnit: units.settle(logs), end };
		throw error;
	}
	if (end) yield { items, lines: count, costUnit: units.settle(logs), end };
	units.tellUnknown();
}

const words = { usd: "US dollars", cents: "US cents" } as const;

/** Settles what costs are counted in, once, and puts it into each log. */
class CostUnits {
	#unit: "usd" | "cents" | undefined;
	#isMissed = false;
	readonly #report: Pick<Context<PortkeyConfig>["report"], "info">;

	constructor(known: "usd" | "cents" | undefined, report: Pick<Context<PortkeyConfig>["report"], "info">) {
		this.#unit = known;
		this.#report = report;
	}

	settle(logs: readonly RawLog[]): "usd" | "cents" | undefined {
		if (this.#unit === undefined) {
			this.#unit = costUnitOf(logs);
			if (this.#unit) this.#report.info(`PortKey's costs are taken for ${words[this.#unit]}, by list prices.`);
			else this.#isMissed ||= logs.some(({ fields }) => Number(fields.cost) > 0);
		}
		for (const log of logs) log.costUnit = this.#unit ?? "unknown";
		return this.#unit;
	}

	tellUnknown(): void {
		if (this.#unit !== undefined || !this.#isMissed) return;
		this.#report.info(
			"What PortKey's costs are counted in cannot be told from its logs: only estimates are shown. PORTKEY_COST_UNIT (--cost-unit) says it.",
		);
	}
}
