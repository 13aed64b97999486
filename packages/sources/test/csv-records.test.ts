import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { type CsvRecord, readRecords } from "../src/csv/records.ts";

async function recordsOf(text: string | Buffer, { offset = 0, lines = 0, chunk = 37 } = {}): Promise<CsvRecord[]> {
	const bytes = Buffer.from(text);
	async function* chunks() {
		for (let at = offset; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
	}
	const all = (await Array.fromAsync(readRecords(chunks(), { offset, lines }, 3))).flat();
	// The header is the first of them.
	return offset > 0 ? all : all.slice(1);
}

const shapeOf = (records: readonly CsvRecord[]) =>
	records.map((record) => `${record.line}: ${"cells" in record ? record.cells.join("|") : `spoilt ${record.text}`}`);

describe("the records of a usage file", () => {
	it("are read with mixed line ends, a byte order mark, quotes and blank lines", async () => {
		const records = await recordsOf('\ufeffid,a,b\r\n1,x,"y,""z"""\n\r\n2,"multi\nline",é\r\n3,plain "quotes" here,\n');
		expect(shapeOf(records)).toEqual(['2: 1|x|y,"z"', "4: 2|multi\nline|é", '6: 3|plain "quotes" here|']);
	});

	it("cost one line where a quote is never closed", async () => {
		expect(shapeOf(await recordsOf('id,a,b\n1,x,y\n2,"open,y\n3,x,y\n4,x,y\n'))).toEqual([
			"2: 1|x|y",
			'3: spoilt 2,"open,y',
			"4: 3|x|y",
			"5: 4|x|y",
		]);
	});

	it("cost one line where a later quote closes it by chance", async () => {
		expect(shapeOf(await recordsOf('id,a,b\n1,"open,y\n2,x,y\n3,"closed",y\n4,x,y\n'))).toEqual([
			'2: spoilt 1,"open,y',
			"3: 2|x|y",
			"4: 3|closed|y",
			"5: 4|x|y",
		]);
	});

	it("cost one line where that line is longer than a record may be", async () => {
		const records = await recordsOf(`id,a,b\n1,x,y\n2,${"x".repeat(3_000_000)},y\n3,x,y\n`, { chunk: 65_536 });
		expect(shapeOf(records).map((shape) => shape.slice(0, 14))).toEqual(["2: 1|x|y", "3: spoilt 2,xx", "4: 3|x|y"]);
	});

	it("are not firm from an unclosed quote at the end on, as somebody may be about to close it", async () => {
		const records = await recordsOf('id,a,b\n1,x,y\n2,"open,y\n3,x,y\n');
		expect(records.map(({ isFirm }) => isFirm)).toEqual([true, false, false]);
	});

	it("go on from the end of any of them as if read in one go", async () => {
		const text = 'id,a,b\n1,é,y\r\n2,"multi\nline",y\n\n3,"a ""q""",y\r\n4,x,\n5,x,y\n';
		for (const chunk of [1, 2, 5, 1000]) {
			const whole = await recordsOf(text, { chunk });
			for (const [index, record] of whole.entries()) {
				const rest = await recordsOf(text, { ...record.end, chunk });
				expect(rest).toEqual(whole.slice(index + 1));
			}
		}
	});

	it("are those that csv-parse itself finds, in any well-formed file and however it is cut", async () => {
		const cells = ["x", "", "é", "😀 y", "plain text", '"quoted"', '"a, b"', '"two\nlines"', '"a ""q"""', "\ufffd"];
		let seed = 1;
		const pick = (count: number) => {
			seed = (seed * 48_271) % 2_147_483_647;
			return seed % count;
		};
		for (let round = 0; round < 60; round++) {
			// In half of the rounds quotes are rare, so that plain and quoted lines alternate.
			const kinds = round % 2 === 0 ? cells.length : 5;
			const line = (id: number) =>
				`${id},${cells[pick(pick(9) === 0 ? cells.length : kinds)]},${cells[pick(kinds)]}${pick(2) ? "\r\n" : "\n"}${pick(20) === 0 ? "\n" : ""}`;
			const text = `${pick(2) ? "\ufeff" : ""}id,a,b\n${Array.from({ length: 200 }, (_, id) => line(id)).join("")}`;
			const expected = parse(text, { bom: true, record_delimiter: ["\r\n", "\n"], skip_empty_lines: true }).slice(1);
			const records = await recordsOf(text, { chunk: 1 + pick(400) });
			expect(records.map((record) => ("cells" in record ? record.cells : record))).toEqual(expected);
		}
	});
});
