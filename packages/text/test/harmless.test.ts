import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import {
	cleanPath,
	cleanText,
	disarmWorkflowCommands,
	escapeMarkdown,
	formatCsvCell,
	formatJson,
	formatName,
	scrubTokens,
} from "../src/index.ts";

describe("text from outside", () => {
	it("cannot move the cursor, ring the bell, begin a line or reorder it", () => {
		expect(cleanText("\u001b[2J\u001b]0;owned\u0007gpt")).toBe("[2J ]0;owned gpt");
		expect(cleanText("a\u009b31mb")).toBe("a 31mb");
		expect(cleanText("two\r\nlines\u2028more\u0085end")).toBe("two lines more end");
		expect(cleanText("abc\u202edcba\u200b\u3164\ufe0f")).toBe("abcdcba");
		expect(cleanText("\ud800x \u00a0 y")).toBe("\ufffdx y");
	});

	it("is shown as a group's name even if it is missing or empty", () => {
		expect([null, "", "\u0007", "gpt"].map(formatName)).toEqual(["(none)", "(empty)", "(empty)", "gpt"]);
	});

	it("keeps everything of a file's name visible, so that the file is found again", () => {
		expect(cleanPath("logs/\u001b[2J\nüsage\u202e 1.csv")).toBe("logs/\\u001b[2J\\u000aüsage\\u202e 1.csv");
		expect(cleanPath("C:\\logs\\usage.csv")).toBe("C:\\logs\\usage.csv");
		expect(cleanPath("\u{e0001}")).toBe("\\udb40\\udc01");
	});

	it("is the same value again when its JSON is parsed, though nothing in the JSON steers a terminal or a runner", () => {
		const value = { name: "\u001b\u009b\u202e\u2028 ##[add-mask]x", count: 1 };
		const text = formatJson(value);
		expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\u2028|##\[/u);
		expect(JSON.parse(text)).toEqual(value);
	});

	it("begins no cell, tag, link, emphasis, code, heading or formula in Markdown", () => {
		expect(escapeMarkdown("a|b <b> [x](http://e) **b** `c` $x$ # h ~x~ _x_ \\ www.e snake_case")).toBe(
			"a&#124;b &#60;b&#62; &#91;x&#93;(http&#58;//e) &#42;&#42;b&#42;&#42; &#96;c&#96; &#36;x&#36; &#35; h &#126;x&#126; &#95;x&#95; &#92; www&#46;e snake_case",
		);
	});

	it("notifies nobody and refers to no issue in Markdown", () => {
		expect(escapeMarkdown("@octocat #12 acme/app#3 GH-4 a@b.example")).toBe(
			"@\u200boctocat &#35;\u200b12 acme/app&#35;\u200b3 GH-\u200b4 a@b.example",
		);
	});

	it("holds no command for the runner of a workflow", () => {
		expect(disarmWorkflowCommands("::error::a ::add-mask::b")).toBe(": :error::a ::add-mask::b");
		expect(disarmWorkflowCommands("one\n \t::error::a\r::b::")).toBe("one\n \t: :error::a\r: :b::");
		expect(disarmWorkflowCommands("a ##[add-mask]b #[c]")).toBe("a ## [add-mask]b #[c]");
		expect(disarmWorkflowCommands("https://e.example a::b ## x")).toBe("https://e.example a::b ## x");
	});

	it("holds no command that begins behind what the runner does not see", () => {
		for (const text of ["\u202e::warning::a", ":\u200b:warning::a", " \u00ad::a"]) {
			expect(disarmWorkflowCommands(text).replace(/\p{Cf}/gu, "")).not.toMatch(/^\s*::/);
		}
		expect(disarmWorkflowCommands("#\u200b#\u00ad[add-mask]x")).toBe("## [add-mask]x");
	});
});

describe("a cell of CSV", () => {
	it("is no formula, with full-width signs neither", () => {
		for (const text of ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "\u0000=1"]) {
			expect(formatCsvCell(text), JSON.stringify(text)).toMatch(/^"?'/);
		}
		expect([formatCsvCell(-1), formatCsvCell(0.5), formatCsvCell(null), formatCsvCell("a-b")]).toEqual([
			"-1",
			"0.5",
			"",
			"a-b",
		]);
	});

	it("survives quoting", () => {
		const cells = ['two\r\nlines "quoted"', "comma, here", "plain", "\u001b[31mred"];
		expect(parse(cells.map(formatCsvCell).join(","))).toEqual([
			['two\r\nlines "quoted"', "comma, here", "plain", "[31mred"],
		]);
	});

	it("begins no workflow command, on none of its lines", () => {
		const text = ["::error::a", "x\n::error::b", "##[error]c"].map(formatCsvCell).join("\n");
		expect(text).not.toMatch(/^\s*"?\s*::|##\[/m);
	});
});

describe("words of a service that are stored", () => {
	it("hold no key, token or address", () => {
		const words =
			"Bearer abc.def failed with key-12345678 and sk-proj-abc123 at https://me:pw@host/ 10.0.0.1 for anna@team.example";
		expect(scrubTokens(words)).toBe("*** failed with *** and *** at https:***host/ *** for ***");
		expect(scrubTokens("Rate limit reached for gpt-4o")).toBe("Rate limit reached for gpt-4o");
	});
});
