import { fence, type IngestionCounts, type Lease, type Queryable, writeCheckpoint } from "@tidemark/db";
import { pluralize } from "@tidemark/text";
import { retryDatabase } from "../open-database.ts";
import type { Page } from "../source.ts";
import { takeIn } from "../take-in.ts";
import { addCounts } from "./counts.ts";
import { appendDeadLetters } from "./dead-letter-file.ts";
import type { TargetTask } from "./find-start.ts";

interface PageWriterOptions extends TargetTask {
	/** Without one, as in a dry run, nothing is written. */
	readonly lease: Lease | undefined;
	readonly floor: string | null;
	readonly reshaping: boolean;
	/** Grows with each page that is committed: one that failed is read again by the next run. */
	readonly counts: IngestionCounts;
}

/** More bad entries than this are only counted. */
const maxWarnings = 5;

/**
 * Commits pages one after the other, each in one transaction: rows, dead letters, and the cursor that vouches for both.
 * One page is in flight while the next is read; `write` returns as soon as the one before it is committed.
 */
export class PageWriter {
	readonly #options: PageWriterOptions;
	#inFlight = Promise.resolve();
	#lastCursor: unknown;

	constructor(options: PageWriterOptions) {
		this.#options = options;
	}

	async write(page: Page<unknown>): Promise<void> {
		const before = this.#inFlight;
		this.#inFlight = this.#take(page, before);
		// Its failure is met by whoever awaits it next; until then it is not an unhandled one.
		this.#inFlight.catch(() => undefined);
		await before;
	}

	/** Waits for the page in flight. */
	settle(): Promise<void> {
		return this.#inFlight;
	}

	/** The target was read to its end: a re-read under a changed shape is over. */
	async finish(): Promise<void> {
		const { plan, lease, reshaping } = this.#options;
		if (!lease || !reshaping || this.#lastCursor === undefined) return;
		await retryDatabase(() =>
			plan.db.transaction(async (tx) => {
				await fence(tx, lease);
				await this.#checkpoint(tx, this.#lastCursor, false);
			}),
		);
	}

	/** Says how many entries were bad, and what became of them. */
	sumUpWarnings(): void {
		const { source, target, lease, plan } = this.#options;
		const { rejected } = this.#options.counts;
		if (rejected === 0) return;
		const more = rejected > maxWarnings ? `${rejected - maxWarnings} more like these; ` : "";
		const letters = rejected === 1 ? "a dead letter" : "dead letters";
		const fate = lease ? `kept as ${letters} (pnpm telemetry dead-letters list).` : `would become ${letters}.`;
		plan.report.warn(`${source.name} ${target.name}: ${more}${pluralize(rejected, "entry", "entries")} ${fate}`);
	}

	async #take({ items, cursor }: Page<unknown>, after: Promise<void>): Promise<void> {
		const { source, target, lease, reshaping, plan, counts } = this.#options;
		const taken = await takeIn(plan.db, source, items, {
			target: target.name,
			now: plan.clock.now(),
			cut: plan.cut,
			since: plan.since,
			reshaping,
			after,
			dryRun: !lease,
			begin: async (tx) => lease && fence(tx, lease),
			end: async (tx) => {
				if (cursor !== undefined) await this.#checkpoint(tx, cursor, reshaping);
			},
		});
		// Place and reason of the first few.
		for (const { at, reason } of taken.refused.slice(0, Math.max(0, maxWarnings - counts.rejected))) {
			plan.report.warn(`${at}: ${reason}`);
		}
		Object.assign(counts, addCounts(counts, taken.counts));
		if (cursor !== undefined) this.#lastCursor = cursor;
		if (plan.deadLetterDirectory !== undefined) {
			await appendDeadLetters(plan.deadLetterDirectory, source.name, taken.newDeadLetters);
		}
	}

	#checkpoint(tx: Queryable, cursor: unknown, reshaping: boolean): Promise<void> {
		const { source, target, floor, shape } = this.#options;
		return writeCheckpoint(tx, source.name, target.name, { cursor, floor, shape, reshaping });
	}
}
