import {
	type DeadLetter,
	deadLetterId,
	fence,
	hasDeadLetters,
	type IngestionCounts,
	type Lease,
	type Queryable,
	type Refused,
	removeDeadLetters,
	writeCheckpoint,
	writeDeadLetters,
} from "@tidemark/db";
import type { BadEntryWarnings } from "./bad-entry-warnings.ts";
import { appendDeadLetters, newDeadLetters } from "./dead-letter-file.ts";
import type { Parsed } from "./parse-items.ts";
import type { Plan } from "./plan.ts";
import { retrying } from "./retry.ts";
import { isRefusal, type SavedParsed, saveAllButRefused, savedNothing, saveParsed } from "./save-parsed.ts";

interface ParsedPage {
	readonly parsed: readonly Parsed[];
	readonly refused: readonly Refused[];
	readonly cursor: unknown;
}

interface StoredPage {
	readonly saved: SavedParsed;
	/** Those that are new, where they are to be written to a file as well. */
	readonly letters: readonly DeadLetter[];
}

interface PageWriterOptions {
	readonly place: { readonly source: string; readonly target: string };
	/** Without one, as in a dry run, nothing is written. */
	readonly lease: Lease | undefined;
	readonly floor: string | null;
	readonly shape: string;
	readonly reshaping: boolean;
	readonly keepsTimes: boolean;
	readonly plan: Plan;
	readonly counts: IngestionCounts;
	readonly warnings: BadEntryWarnings;
}

/**
 * Commits pages one after the other, each in one transaction: rows, dead letters, and the cursor that vouches for both.
 * One page is in flight while the next is read; `write` returns as soon as the one before it is committed.
 */
export class PageWriter {
	readonly #options: PageWriterOptions;
	#inFlight: Promise<void> = Promise.resolve();
	#lastCursor: unknown;
	#mayHaveDeadLetters: boolean | undefined;

	constructor(options: PageWriterOptions) {
		this.#options = options;
	}

	async write(page: ParsedPage): Promise<void> {
		await this.#inFlight;
		this.#inFlight = this.#commit(page);
		// Its failure is met by whoever awaits it next; until then it is not an unhandled one.
		this.#inFlight.catch(() => undefined);
	}

	/** Waits for the page in flight. */
	settle(): Promise<void> {
		return this.#inFlight;
	}

	/** The target was read to its end: a re-read under a changed shape is over. */
	async finish(): Promise<void> {
		const { plan, lease, reshaping } = this.#options;
		if (!lease || !reshaping || this.#lastCursor === undefined) return;
		await retrying(() =>
			plan.db.transaction(async (tx) => {
				await fence(tx, lease);
				await this.#checkpoint(tx, this.#lastCursor, false);
			}),
		);
	}

	async #commit(page: ParsedPage): Promise<void> {
		const { lease, plan, place, counts, warnings } = this.#options;
		const { saved, letters } = lease
			? await this.#store(page, lease)
			: { saved: savedNothing(page.parsed, plan), letters: [] };
		const refused = [...page.refused, ...saved.refused.map((each): Refused => ({ ...place, ...each }))];
		counts.inserted += saved.inserted;
		counts.updated += saved.updated;
		counts.unchanged += saved.unchanged;
		counts.expired += saved.expired;
		counts.skipped += saved.skipped;
		counts.rejected += refused.length;
		warnings.add(refused);
		if (page.cursor !== undefined) this.#lastCursor = page.cursor;
		if (refused.length > 0) this.#mayHaveDeadLetters = true;
		if (plan.deadLetterDirectory !== undefined)
			await appendDeadLetters(plan.deadLetterDirectory, place.source, letters);
	}

	/** At once, as nearly every page goes; with care for the single rows only where one was refused. */
	async #store(page: ParsedPage, lease: Lease): Promise<StoredPage> {
		try {
			return await retrying(() => this.#transaction(page, lease, saveParsed));
		} catch (error) {
			if (!isRefusal(error)) throw error;
			return retrying(() => this.#transaction(page, lease, saveAllButRefused));
		}
	}

	#transaction(page: ParsedPage, lease: Lease, save: typeof saveParsed): Promise<StoredPage> {
		const { plan, place, reshaping, keepsTimes } = this.#options;
		return plan.db.transaction(async (tx) => {
			await fence(tx, lease);
			const saved = await save(tx, page.parsed, plan, { reshaping, keepsTimes });
			const refused = [...page.refused, ...saved.refused.map((each): Refused => ({ ...place, ...each }))];
			await writeDeadLetters(tx, refused);
			const letters = plan.deadLetterDirectory === undefined ? [] : await newDeadLetters(tx, refused);
			await this.#forgetDeadLetters(tx, page.parsed, saved);
			if (page.cursor !== undefined) await this.#checkpoint(tx, page.cursor, reshaping);
			return { saved, letters };
		});
	}

	/** What was a dead letter at the same place with the same content, and has become rows, is one no more. */
	async #forgetDeadLetters(tx: Queryable, parsed: readonly Parsed[], { refused }: SavedParsed): Promise<void> {
		const { place } = this.#options;
		this.#mayHaveDeadLetters ??= await hasDeadLetters(tx, place.source, place.target);
		if (!this.#mayHaveDeadLetters) return;
		const stillBad = new Set(refused.map(({ at }) => at));
		const good = parsed.filter(({ at }) => !stillBad.has(at));
		await removeDeadLetters(
			tx,
			good.map(({ at, entry, key }) => deadLetterId({ ...place, at }, key ?? entry)),
		);
	}

	#checkpoint(tx: Queryable, cursor: unknown, reshaping: boolean): Promise<void> {
		const { place, floor, shape } = this.#options;
		return writeCheckpoint(tx, place.source, place.target, { cursor, floor, shape, reshaping });
	}
}
