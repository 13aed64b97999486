import { readBytes } from "@tidemark/core";
import { type Columns, type Field, findColumns } from "./columns.ts";
import type { CsvCursor } from "./cursor.ts";
import { callParser, type RawCall } from "./entry.ts";
import { identityOf } from "./identity.ts";
import { Ordinals, type OrdinalsState } from "./ordinals.ts";
import { readRecords } from "./records.ts";
import type { CsvConfig } from "./settings.ts";

/** Turns the cells of one file into raw calls, knowing its header and numbering its equal rows. */
export class RowReader {
	readonly #path: string;
	readonly #config: CsvConfig;
	readonly #header: readonly string[];
	readonly #columns: Columns;
	readonly #defaults: ReadonlyMap<Field, string>;
	readonly #timestampIndex: number;
	readonly #identify: (cells: readonly string[]) => string;
	#ordinals: Ordinals;

	/** @throws UsageError where the header does not tell what is needed */
	constructor(path: string, header: readonly string[], config: CsvConfig) {
		this.#path = path;
		this.#config = config;
		this.#header = header;
		this.#defaults = new Map(config.defaults);
		this.#columns = findColumns(header, new Map(config.map), this.#defaults, path);
		this.#identify = identityOf(config.header ? undefined : header);
		// Where nothing tells the order of a file, or it cannot be read twice, every row has to be remembered.
		this.#timestampIndex = this.#columns.cellOf.find(([field]) => field === "timestamp")?.[1] ?? -1;
		this.#ordinals = this.#timestampIndex !== -1 && path !== "-" ? new Ordinals() : Ordinals.ofEverything();
	}

	get header(): readonly string[] {
		return this.#header;
	}

	get unusedColumns(): readonly string[] {
		return this.#columns.unused;
	}

	/** Goes on numbering equal rows where the cursor left off. */
	async resume(cursor: CsvCursor): Promise<void> {
		if (cursor.ordinals === "recount") await this.recount(cursor.offset);
		else this.#ordinals = Ordinals.from(cursor.ordinals);
	}

	ordinalsState(): OrdinalsState {
		return this.#ordinals.state();
	}

	/** True where cells make a good call; what swallowed lines are told by. */
	isCall(cells: readonly string[]): boolean {
		if (cells.length !== this.#header.length) return false;
		try {
			callParser.parse(this.#raw(cells, ""));
			return true;
		} catch {
			return false;
		}
	}

	/** False where equal rows before this one are forgotten: `recount` first. */
	canNumber(cells: readonly string[]): boolean {
		return this.#ordinals.knows(this.#timestampCell(cells));
	}

	read(cells: readonly string[]): RawCall {
		const identity = this.#identify(cells);
		const ordinal = this.#ordinals.next(identity, this.#timestampCell(cells));
		return this.#raw(cells, ordinal === 0 ? identity : `${identity}-${ordinal}`);
	}

	/** Counts the equal rows of the file from its beginning, up to an offset. */
	async recount(upTo: number): Promise<void> {
		const ordinals = Ordinals.ofEverything();
		const batches = readRecords(upToOffset(this.#path, upTo), {
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
		return cells[this.#timestampIndex] ?? "";
	}

	#raw(cells: readonly string[], id: string): RawCall {
		const named: Partial<Record<Field, string>> = {};
		for (const [field, index] of this.#columns.cellOf) {
			const cell = cells[index];
			if (cell) named[field] = cell;
		}
		for (const [field, text] of this.#defaults) named[field] ??= text;
		return { id, zone: this.#config.timezone, cells: named };
	}
}

async function* upToOffset(path: string, end: number): AsyncIterable<Buffer> {
	let left = end;
	for await (const chunk of readBytes(path)) {
		yield chunk.subarray(0, left);
		left -= chunk.length;
		if (left <= 0) return;
	}
}
