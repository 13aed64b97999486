import { setTimeout as sleep } from "node:timers/promises";
import { type Context, EndedEarly, findUnread, type Page, readWindows, TooMuch, Unavailable } from "@tidemark/core";
import { TelemetryError } from "@tidemark/db";
import { z } from "zod";
import { readJsonBatches } from "../json/read-json-batches.ts";
import { type Draft, type LogWindow, type Manner, PortkeyClient, Refusal } from "./client.ts";
import { CannotResume, downloadExport } from "./download.ts";
import { LogReading, settledUnit } from "./log-reading.ts";
import { finishExport, type RunningExport, runningExport } from "./running-export.ts";
import type { PortkeyConfig } from "./settings.ts";

export const exportsCursor = z.object({
	/** All that was logged before is stored, except for what PortKey lists late. */
	upTo: z.string().optional(),
	running: runningExport.optional(),
	...settledUnit.shape,
});

type ExportsCursor = z.infer<typeof exportsCursor>;

export const usualManner: Manner = {
	wait: (ms, signal) => sleep(ms, undefined, { signal }),
	exportLimit: 50_000,
	pageSize: 10_000,
};

/** How often a download that brings less than was announced is tried. */
const downloads = 3;

/** Reads what PortKey has logged since the cursor, window by window, each by an export of its own. */
export async function* readExports(
	key: string,
	from: ExportsCursor | undefined,
	context: Context<PortkeyConfig>,
	manner: Manner,
): AsyncIterable<Page<ExportsCursor>> {
	try {
		yield* new ExportReader(new PortkeyClient(context, key, manner), from ?? {}).read();
	} catch (error) {
		// PortKey's rate limit is used up: the next run goes on.
		throw error instanceof Unavailable && error.status === 429 ? new EndedEarly(error.message) : error;
	}
}

class ExportReader {
	readonly #client: PortkeyClient;
	#cursor: ExportsCursor;

	constructor(client: PortkeyClient, cursor: ExportsCursor) {
		this.#client = client;
		this.#cursor = cursor;
	}

	async *read(): AsyncIterable<Page<ExportsCursor>> {
		const { upTo, running } = this.#cursor;
		const { floor } = this.#client.context;
		let { from, to } = findUnread({ upTo, floor, beginning, now: Date.now(), lagMs, overlapMs });
		if (running && (yield* this.#resume(running))) from = Date.parse(running.to);
		yield* readWindows({ from, to, minMs: minWindowMs }, (window, canBeHalved) =>
			this.#readOrHalve({ from: toIso(window.from), to: toIso(window.to) }, canBeHalved),
		);
	}

	async *#readOrHalve(window: LogWindow, canBeHalved: boolean): Pages<number> {
		const { exportLimit } = this.#client.manner;
		const draft = await this.#client.draft(window, 0);
		// A draft cannot be cancelled; the one that is too large stays behind and is never started.
		if (draft.total >= exportLimit && canBeHalved) throw new TooMuch((draft.total + 1) / exportLimit);
		yield* this.#readFrom(window, 0, draft);
		return draft.total / exportLimit;
	}

	/** What the run before left, and the rest of its window. False if it must be asked for again. */
	async *#resume(running: RunningExport): Pages<boolean> {
		try {
			yield* this.#readExport(running);
		} catch (error) {
			if (!(error instanceof Refusal) || (error.status !== 403 && error.status !== 404)) throw error;
			// It was deleted, or made with another key and is not shown to this one.
			this.#client.context.report.info(`PortKey's export ${running.id} is gone: asking for its logs again.`);
			this.#forgetExport();
			return false;
		}
		yield* this.#readRest(running);
		return true;
	}

	/** All of a window from a page on. */
	async *#readFrom(window: LogWindow, page: number, { id, total, answeredAtMs = Date.now() }: Draft): Pages<void> {
		// If this machine's clock is ahead, what PortKey has not seen yet is not stored either.
		const to = toIso(Math.min(Date.parse(window.to), answeredAtMs - lagMs));
		if (total <= page * this.#client.manner.exportLimit) {
			yield this.#forgetExport(to);
			return;
		}
		const running = { id, total, from: window.from, to, page, createdAt: toIso(Date.now()) };
		yield* this.#readExport(running);
		yield* this.#readRest(running);
	}

	/** The pages after an export's, if a second holds more logs than it. */
	async *#readRest(running: RunningExport): Pages<void> {
		const page = running.page + 1;
		if (!this.#isLastPage(running)) yield* this.#readFrom(running, page, await this.#client.draft(running, page));
	}

	/** Everything of one export, and then the cursor beyond it. */
	async *#readExport(running: RunningExport): Pages<void> {
		this.#cursor = { ...this.#cursor, running };
		// Noted before it is started, so that a run that ends here leaves no export that nobody knows of.
		yield { items: [], cursor: this.#cursor };
		try {
			await finishExport(running, this.#client);
			yield* this.#download(running);
		} catch (error) {
			// What may pass, or another key can change, leaves the export to the next run; any other failure is its own.
			const isForeign = error instanceof Unavailable || (error instanceof Refusal && error.isOfTheKey);
			if (error instanceof TelemetryError && !isForeign) yield this.#forgetExport();
			throw error;
		}
	}

	async *#download(running: RunningExport): Pages<void> {
		const { id } = running;
		const { exportLimit } = this.#client.manner;
		const expected = Math.min(running.total - running.page * exportLimit, exportLimit);
		let lines = 0;
		for (let count = 1; count <= downloads; count++) {
			lines = 0;
			try {
				for await (const page of this.#readPages(id)) {
					lines += page.items.length;
					yield page;
				}
			} catch (error) {
				if (!(error instanceof CannotResume)) throw error;
				this.#client.context.report.info(`PortKey's export ${id} is read from its beginning: ${error.message}.`);
				continue;
			}
			if (lines < expected) continue;
			if (this.#isLastPage(running)) yield this.#forgetExport(running.to);
			return;
		}
		throw new TelemetryError(`PortKey's export ${id} brought ${lines} of ${expected} logs.`, {
			why: "What it brought is stored; the next run does not begin behind it.",
			fix: "The next run asks for the same logs again.",
		});
	}

	async *#readPages(id: string): AsyncIterable<Page<ExportsCursor>> {
		const reading = new LogReading(this.#client.context, this.#cursor.costUnit, false);
		const bytes = downloadExport(id, this.#client);
		const options = { ...reading, batchSize: this.#client.manner.pageSize };
		for await (const { items } of readJsonBatches(id, bytes, undefined, this.#client.context.report, options)) {
			this.#cursor = { ...this.#cursor, ...reading.state() };
			yield { items, cursor: this.#cursor };
		}
	}

	#isLastPage({ total, page }: RunningExport): boolean {
		return total <= (page + 1) * this.#client.manner.exportLimit;
	}

	/** A page without the export in its cursor. */
	#forgetExport(upTo = this.#cursor.upTo): Page<ExportsCursor> {
		const { costUnit } = this.#cursor;
		this.#cursor = { ...(upTo !== undefined && { upTo }), ...(costUnit && { costUnit }) };
		return { items: [], cursor: this.#cursor };
	}
}

type Pages<Result> = AsyncGenerator<Page<ExportsCursor>, Result, undefined>;

/** PortKey lists logs minutes after they were made; nothing younger is asked for. */
const lagMs = 5 * 60_000;

/** How much is read again in each run, for logs that were listed later still. */
const overlapMs = 60 * 60_000;

/** Below that a window is read in pages instead of being halved. */
const minWindowMs = 1000;

/** Older logs there cannot be: PortKey is younger. */
const beginning = "2023-01-01T00:00:00.000Z";

/** As PortKey takes it. */
function toIso(ms: number): string {
	return new Date(ms).toISOString();
}
