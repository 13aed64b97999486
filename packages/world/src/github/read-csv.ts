/** The records of a CSV text by their column (RFC 4180: quoted fields may hold commas, line ends and doubled quotes). */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
	const [header = [], ...records] = splitRecords(text);
	return records.map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ""])));
}

function splitRecords(text: string): string[][] {
	const records: string[][] = [];
	let fields: string[] = [];
	// A field with its quotes or without, and what ends it.
	for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
		fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		if (end === ",") continue;
		if (fields.length > 1 || fields[0] !== "") records.push(fields);
		fields = [];
	}
	return records;
}
