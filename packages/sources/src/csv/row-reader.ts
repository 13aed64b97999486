import { parseCall, type RawCall } from "@tidemark/calls";
import { type NamedOrOpen, readBytes } from "@tidemark/core";
import { type Columns, findColumns } from "./columns.ts";
import { identifyRows } from "./identity.ts";
import { Ordinals, type OrdinalsState } from "./ordinals.ts";
import { readRecords } from "./records.ts";
import type { CsvConfig } from "./settings.ts";

/** Turns the cells of one file into raw calls, knowing its header and numbering its equal rows. */
export class RowReader {
	readonly #file: NamedOrOpen;
	readonly #config: CsvConfig;
	readonly #header: readonly string[];
	readonly #columns: Columns;
	readonly #identify: (cells: readonly string[]) => string;
	#ordinals: Ordinals;

	/** @throws UsageError if the header does not say what is needed */
	constructor(path: string, file: NamedOrOpen, header: readonly string[], config: CsvConfig) {
		this.#file = file;
		this.#config = config;
		this.#header = header;
		this.#columns = findColumns(header, new Map(config.map), new Map(config.defaults), path);
		this.#identify = identifyRows(config.header ? undefined : header);
		// If nothing shows the order of a file, or it cannot be read twice, every row has to be remembered.
		const isOrdered = this.#columns.timestampIndex !== undefined && typeof file !== "string";
		this.#ordinals = isOrdered ? new Ordinals() : Ordinals.ofEverything();
	}

	get header(): readonly string[] {
		return this.#header;
	}

	get unusedColumns(): readonly string[] {
		return this.#columns.unused;
	}

	/** Goes on numbering equal rows from where a cursor left off. */
	async resume({ ordinals, offset }: { readonly ordinals: OrdinalsState; readonly offset: number }): Promise<void> {
		if (ordinals === "recount") await this.recount(offset);
		else this.#ordinals = Ordinals.from(ordinals);
	}

	ordinalsState(): OrdinalsState {
		return this.#ordinals.state();
	}

	/** True if cells make a good call; this is how swallowed lines are found. */
	isCall(cells: readonly string[]): boolean {
		if (cells.length !== this.#header.length) return false;
		try {
			parseCall("csv", this.#makeCall(cells, "any"));
			return true;
		} catch {
			return false;
		}
	}

	/** False if equal rows before this one are forgotten: `recount` first. */
	canNumber(cells: readonly string[]): boolean {
		return this.#ordinals.knows(this.#timestampCell(cells));
	}

	read(cells: readonly string[]): RawCall {
		const identity = this.#identify(cells);
		const ordinal = this.#ordinals.next(identity, this.#timestampCell(cells));
		return this.#makeCall(cells, ordinal === 0 ? identity : `${identity}-${ordinal}`);
	}

	/** Counts the equal rows of the file from its beginning, up to an offset. */
	async recount(upTo: number): Promise<void> {
		const ordinals = Ordinals.ofEverything();
		const batches = readRecords(readUpTo(this.#file, upTo), {
			offset: 0,
			linesBefore: 0,
			onHeader: this.#config.header ? undefined : () => undefined,
			width: () => this.#header.length,
			isRecord: (cells) => this.isCall(cells),
		});
		for await (const records of batches) {
			for (const record of records) {
				if ("cells" in record) ordinals.next(this.#identify(record.cells), this.#timestampCell(record.cells));
			}
		}
		this.#ordinals = ordinals;
	}

	#timestampCell(cells: readonly string[]): string {
		return cells[this.#columns.timestampIndex ?? -1] ?? "";
	}

	#makeCall(cells: readonly string[], id: string): RawCall {
		const call: { -readonly [Part in keyof RawCall]: RawCall[Part] } = { id, zone: this.#config.timezone };
		for (const [part, index] of this.#columns.cells) {
			const cell = cells[index];
			if (cell) call[part] = cell;
		}
		for (const [part, text] of this.#columns.defaults) call[part] ??= text;
		return call;
	}
}

async function* readUpTo(file: NamedOrOpen, end: number): AsyncIterable<Buffer> {
	let left = end;
	for await (const chunk of readBytes(file)) {
		yield chunk.subarray(0, left);
		left -= chunk.length;
		if (left <= 0) return;
	}
}
