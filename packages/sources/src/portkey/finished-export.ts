import { EndedEarly, type Wait } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import type { PortkeyClient } from "./client.ts";
import type { RunningExport } from "./cursor.ts";

interface FinishOptions {
	readonly client: PortkeyClient;
	readonly signal: AbortSignal;
	readonly wait: Wait;
}

/** The specification's words and those seen elsewhere. Any other means that PortKey is still at it. */
const done = new Set(["success", "completed"]);
const failed = new Set(["failed", "failure", "error"]);
const stopped = new Set(["stopped", "cancelled", "canceled"]);

const longestPollMs = 10_000;
/** How long one run waits for one export; the next takes it up. */
const patienceMs = 5 * 60_000;
/** An export that is older will not come any more. */
const longestExportMs = 24 * 60 * 60_000;

/**
 * Starts an export where it is a draft and waits until PortKey has finished it.
 *
 * @throws EndedEarly where it takes longer than a run waits, TelemetryError where it has failed or PortKey does not show it
 */
export async function finishedExport(
	{ id, createdAt }: RunningExport,
	{ client, signal, wait }: FinishOptions,
): Promise<void> {
	let waited = 0;
	let isStarted = false;
	for (let pollMs = 1000; ; pollMs = Math.min(pollMs * 2, longestPollMs)) {
		const status = await client.status(id);
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
		if (!isStarted && Date.now() - Date.parse(createdAt) > longestExportMs) {
			await client.cancel(id);
			throw new TelemetryError(`PortKey's export ${id} is still "${status}" after a day, and was cancelled.`, {
				fix: "The next run asks for the same logs again. If that does not help, ask PortKey's support.",
			});
		}
		if (waited >= patienceMs) {
			throw new EndedEarly(`PortKey's export ${id} is still "${status}"; the next run takes it up`);
		}
		await wait(pollMs, signal);
		waited += pollMs;
	}
}
