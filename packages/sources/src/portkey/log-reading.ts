import { callItem, hashIdentity } from "@tidemark/calls";
import type { Context, Item } from "@tidemark/core";
import { z } from "zod";
import { toObject } from "../json/json-object.ts";
import type { JsonReading } from "../json/read-json-batches.ts";
import { type CostUnit, findCostUnit } from "./cost-unit.ts";
import { type RawLog, readLog } from "./raw-log.ts";
import type { PortkeyConfig } from "./settings.ts";

/** Settled once for each target and kept in its cursor, because an amount alone does not show it. */
export const settledUnit = z.object({ costUnit: z.enum(["usd", "cents"]).optional() });

const words = { usd: "US dollars", cents: "US cents" } as const;

/** Reads the lines of an export. */
export class LogReading implements JsonReading {
	/** Lines of an export that is made anew each time are named by what they hold, not by where they stand. */
	readonly nameLine?: (text: string | undefined) => string;
	readonly isWhole?: boolean;
	/** Lines of an export are short. */
	readonly batchSize = 5000;
	readonly #report: Context<PortkeyConfig>["report"];
	/** False if prompts are not to be stored: dead letters then hold no text either. */
	readonly keepsText: boolean;
	#unit: CostUnit | undefined;
	#isReported = false;

	constructor(
		{ config, report }: Pick<Context<PortkeyConfig>, "config" | "report">,
		known: CostUnit | undefined,
		isFile: boolean,
	) {
		this.#report = report;
		this.keepsText = config.storePrompts;
		this.#unit = config.costUnit === "auto" ? known : config.costUnit;
		if (isFile) return;
		this.isWhole = true;
		this.nameLine = (text = "") => `a line of an export, ${hashIdentity(text).slice(0, 12)}`;
	}

	/** For the cursor. */
	state(): { readonly costUnit?: CostUnit } {
		return this.#unit === undefined ? {} : { costUnit: this.#unit };
	}

	readonly toItems = (value: unknown, at: string): Item[] => {
		const line = toObject(value);
		if (!line) return [{ at, spoilt: "no JSON object" }];
		const log = readLog(line, this.keepsText);
		return [callItem(log, this.nameLine && log.id ? `log ${log.id}` : at, log.id || at)];
	};

	/** Gives logs the unit of their costs: the one settled before, or the one that these show. */
	readonly finish = (items: readonly Item[]): readonly Item[] => {
		const logs = items.flatMap((item) => ("entry" in item ? [item.entry as RawLog] : []));
		if (this.#unit === undefined && logs.length > 0) this.#settle(logs);
		for (const log of logs) Object.assign(log, { costUnit: this.#unit ?? "unknown" });
		return items;
	};

	#settle(logs: readonly RawLog[]): void {
		this.#unit = findCostUnit(logs);
		if (this.#unit) {
			this.#report.info(`PortKey's costs are taken for ${words[this.#unit]}, by list prices.`);
		} else if (!this.#isReported && logs.some(({ reportedCost }) => Number(reportedCost) > 0)) {
			this.#isReported = true;
			this.#report.info(
				"PortKey's logs do not show what their costs are counted in: only estimates are shown. PORTKEY_COST_UNIT (--cost-unit) says it.",
			);
		}
	}
}
