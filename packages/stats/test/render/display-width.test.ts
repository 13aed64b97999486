import { expect, test } from "vitest";
import { cleanText, nameOf } from "../../src/render/clean-text.ts";
import { cutFromStart, cutTo, displayWidth } from "../../src/render/display-width.ts";

test("East Asian characters and emoji take two columns, accents none", () => {
	expect(displayWidth("gpt-5")).toBe(5);
	expect(displayWidth("通义千问")).toBe(8);
	expect(displayWidth("a🚀")).toBe(3);
	expect(displayWidth("e\u0301")).toBe(1);
});

test("a text is cut between characters and says that something is missing", () => {
	expect(cutTo("claude-opus-4", 8)).toBe("claude-…");
	expect(cutTo("通义千问", 6)).toBe("通义…");
	expect(cutTo("🚀🚀🚀", 3)).toBe("🚀…");
	expect(cutTo("short", 5)).toBe("short");
	expect(cutTo("short", 0)).toBe("");
	expect([cutFromStart("logs/usage.csv", 10), cutFromStart("千问/🚀", 4), cutFromStart("short", 5)]).toEqual([
		...["…usage.csv", "…/🚀", "short"],
	]);
});

test("a name cannot move the cursor, ring the bell, begin a line or reorder it", () => {
	expect(cleanText("\u001b[2J\u001b]0;owned\u0007gpt")).toBe("[2J ]0;owned gpt");
	expect(cleanText("a\u009b31mb")).toBe("a 31mb");
	expect(cleanText("two\r\nlines\u2028more")).toBe("two lines more");
	expect(cleanText("abc\u202edcba\u200b")).toBe("abcdcba");
	expect(cleanText("\ud800x")).toBe("\ufffdx");
});

test("a missing name and an empty one are told apart", () => {
	expect([nameOf(null), nameOf(""), nameOf("\u0007")]).toEqual(["(none)", "(empty)", "(empty)"]);
});
