import { type Context, findUnread, formatInstant, type Item, type Page, readWindows } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { z } from "zod";
import { findText, toObject } from "../../json/json-object.ts";
import { recordItem } from "../records.ts";
import type { LitellmConfig } from "../settings.ts";
import { createAsk } from "./client.ts";
import { dayMs, openSpendLogs, type RowPage } from "./spend-logs.ts";

/** Everything that began before `through` and had been logged by then is stored. Canonical text. */
export const proxyCursor = z.object({ through: z.string() });

type ProxyCursor = z.infer<typeof proxyCursor>;

/** A call is logged when it has ended, under the time it began; clocks may differ, too. This much is read again each time. */
const overlapMs = 3 * 60 * 60 * 1000;

/** If there is little, few requests are enough; if there is much, windows are halved. */
const [firstMs, maxMs] = [32 * dayMs, 512 * dayMs];

/** LiteLLM's first spend logs are from 2023. */
const beginning = "2023-01-01T00:00:00Z";

/** Reads a proxy's spend logs window by window, oldest first; within one they come newest first. */
export async function* readProxy(
	baseUrl: URL,
	stored: ProxyCursor | undefined,
	context: Context<LitellmConfig>,
): AsyncIterable<Page<ProxyCursor>> {
	const logs = await openSpendLogs(createAsk(baseUrl, context));
	const unread = findUnread({ upTo: stored?.through, floor: context.floor, beginning, now: Date.now(), overlapMs });
	const from = Math.floor(unread.from / logs.minMs) * logs.minMs;
	let cutDay: string | undefined;
	const options = { from, to: unread.to, minMs: logs.minMs, firstMs, maxMs };
	yield* readWindows(options, async function* (window, canBeHalved): AsyncGenerator<Page<ProxyCursor>, undefined> {
		for await (const page of logs.readPages(window, canBeHalved)) {
			if (page.isCut) cutDay ??= page.at;
			yield { items: makeItems(page, context.config) };
		}
		// Behind rows that the proxy left out nothing is vouched for, though what comes after is read as well.
		if (cutDay === undefined) yield { items: [], cursor: { through: formatInstant(window.to) } };
	});
	if (cutDay === undefined) return;
	throw new TelemetryError(`LiteLLM left rows out of ${cutDay}: it answers only the newest 10,000 of a day.`, {
		why: "What it answered is stored, and that of the days after; the next run begins at that day again.",
		fix: "Update LiteLLM to a version with /spend/logs/v2, ingest its log files, or pass --since to begin later.",
	});
}

function makeItems({ at, rows }: RowPage, { repository }: LitellmConfig): Item[] {
	return rows.map((row, index) => {
		// Windows and pages shift from run to run; a row's id does not.
		const id = findText(toObject(row) ?? {}, "request_id");
		return recordItem(row, id === undefined ? `${at}[${index}]` : `request ${id}`, repository);
	});
}
