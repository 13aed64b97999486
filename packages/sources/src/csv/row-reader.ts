import type { RawCall } from "@tidemark/calls";
import { type NamedOrOpen, readBytes } from "@tidemark/core";
import type { Place } from "../follow-file.ts";
import { type Columns, findColumns } from "./columns.ts";
import { identifyRows } from "./identity.ts";
import { Ordinals, type OrdinalsState } from "./ordinals.ts";
import { readRecords } from "./records.ts";
import type { CsvConfig } from "./settings.ts";

/** Turns the cells of one file into raw calls, knowing its header and numbering its equal rows. */
export class RowReader {
	readonly header: readonly string[];
	readonly columns: Columns;
	readonly #file: NamedOrOpen;
	readonly #config: CsvConfig;
	readonly #identify: (cells: readonly string[]) => string;
	#ordinals: Ordinals;

	/** @throws UsageError if the header does not say what is needed */
	constructor(path: string, file: NamedOrOpen, header: readonly string[], config: CsvConfig) {
		this.header = header;
		this.columns = findColumns(header, new Map(config.map), new Map(config.defaults), path);
		this.#file = file;
		this.#config = config;
		this.#identify = identifyRows(config.header ? undefined : header);
		// If nothing shows the order of a file, or it cannot be read twice, every row has to be remembered.
		const isOrdered = this.columns.timestampIndex !== undefined && typeof file !== "string";
		this.#ordinals = isOrdered ? new Ordinals() : Ordinals.ofEverything();
	}

	/** Goes on numbering equal rows from where a cursor left off. */
	async resume(ordinals: OrdinalsState, place: Place): Promise<void> {
		if (ordinals === "recount") await this.recount(place);
		else this.#ordinals = Ordinals.from(ordinals);
	}

	ordinalsState(): OrdinalsState {
		return this.#ordinals.state();
	}

	/** False if equal rows before this one are forgotten: `recount` first. */
	canNumber(cells: readonly string[]): boolean {
		return this.#ordinals.knows(this.#timestampCell(cells));
	}

	/** Counts the equal rows of the file from its beginning, up to a place. */
	async recount(end: Place): Promise<void> {
		const ordinals = Ordinals.ofEverything();
		let isHeader = this.#config.header === undefined;
		for await (const records of readRecords(readUpTo(this.#file, end), beginning, this.header.length)) {
			for (const record of records) {
				if (!("cells" in record)) continue;
				if (!isHeader) ordinals.next(this.#identify(record.cells), this.#timestampCell(record.cells));
				isHeader = false;
			}
		}
		this.#ordinals = ordinals;
	}

	read(cells: readonly string[]): RawCall {
		const identity = this.#identify(cells);
		const ordinal = this.#ordinals.next(identity, this.#timestampCell(cells));
		const id = ordinal === 0 ? identity : `${identity}-${ordinal}`;
		const call: { -readonly [Part in keyof RawCall]: RawCall[Part] } = { id, zone: this.#config.timezone };
		for (const [part, index] of this.columns.cells) {
			const cell = cells[index];
			if (cell) call[part] = cell;
		}
		for (const [part, text] of this.columns.defaults) call[part] ??= text;
		return call;
	}

	#timestampCell(cells: readonly string[]): string {
		return cells[this.columns.timestampIndex ?? -1] ?? "";
	}
}

export const beginning: Place = { offset: 0, lines: 0 };

async function* readUpTo(file: NamedOrOpen, end: Place): AsyncIterable<Buffer> {
	let left = end.offset;
	for await (const chunk of readBytes(file)) {
		yield chunk.subarray(0, left);
		left -= chunk.length;
		if (left <= 0) return;
	}
}
