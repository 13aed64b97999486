import { EndedEarly } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { z } from "zod";
import type { PortkeyClient } from "./client.ts";

/** An export that PortKey works on or has finished, and that is not stored as a whole yet. */
export const runningExport = z.object({
	id: z.string(),
	/** Logs from the first moment up to, but not including, the second; ISO 8601. */
	from: z.string(),
	to: z.string(),
	/** How many logs match; PortKey counts them before it starts. */
	total: z.number(),
	/** Counted from 0; more than one only if a second holds more logs than an export. */
	page: z.number(),
	createdAt: z.string(),
});

export type RunningExport = z.infer<typeof runningExport>;

/** The specification's words and those seen elsewhere. Any other means that PortKey is still working. */
const done = new Set(["success", "completed"]);
const failed = new Set(["failed", "failure", "error"]);
const stopped = new Set(["stopped", "cancelled", "canceled"]);

const maxPollMs = 10_000;
/** How long one run waits for one export; the next takes it up. */
const maxWaitMs = 5 * 60_000;
/** An older export will not come any more. */
const maxExportMs = 24 * 60 * 60_000;

/**
 * Starts an export if it is a draft and waits until PortKey has finished it.
 *
 * @throws EndedEarly if it takes longer than a run waits, TelemetryError if it has failed or PortKey does not show it
 */
export async function finishExport({ id, createdAt }: RunningExport, client: PortkeyClient): Promise<void> {
	let waited = 0;
	let isStarted = false;
	for (let pollMs = 1000; ; pollMs = Math.min(pollMs * 2, maxPollMs)) {
		const status = await client.readStatus(id);
		if (done.has(status)) return;
		if (failed.has(status) || stopped.has(status)) {
			throw new TelemetryError(`PortKey's export ${id} has ${failed.has(status) ? "failed" : "been stopped"}.`, {
				fix: "Nothing is lost: the next run asks for the same logs again.",
			});
		}
		if (status === "draft" && !isStarted) {
			await client.start(id);
			isStarted = true;
		}
		if (!isStarted && Date.now() - Date.parse(createdAt) > maxExportMs) {
			await client.cancel(id);
			throw new TelemetryError(`PortKey's export ${id} is still "${status}" after a day, and was cancelled.`, {
				fix: "The next run asks for the same logs again. If that does not help, ask PortKey's support.",
			});
		}
		if (waited >= maxWaitMs) {
			throw new EndedEarly(`PortKey's export ${id} is still "${status}"; the next run takes it up`);
		}
		await client.manner.wait(pollMs, client.context.signal);
		waited += pollMs;
	}
}
