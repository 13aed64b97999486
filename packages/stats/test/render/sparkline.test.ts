import { expect, test } from "vitest";
import { bar, condense, sparkline } from "../../src/render/sparkline.ts";

test("a sparkline rises from zero to the largest value", () => {
	expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe("▁▂▃▄▅▆▇█");
});

test("only a true zero lies on the ground", () => {
	expect(sparkline([0, 1, 1000])).toBe("▁▂█");
});

test("what is not known is a gap, what never changes a line at half height", () => {
	expect(sparkline([1, null, 2])).toBe("▅ █");
	expect(sparkline([3, 3, null, 3])).toBe("▄▄ ▄");
	expect(sparkline([0, 0])).toBe("▄▄");
	expect(sparkline([null])).toBe(" ");
	expect(sparkline([])).toBe("");
});

test("condensing adds up neighbours and keeps unknown stretches unknown", () => {
	expect(condense([1, 2, 3, 4, 5], 3)).toEqual([3, 7, 5]);
	expect(condense([1, null, null, null], 2)).toEqual([1, null]);
	expect(condense([1, 2], 16)).toEqual([1, 2]);
});

test("a bar is as long as its share, and never nothing where there is something", () => {
	expect([bar(1, 4), bar(0.5, 4), bar(0.001, 4), bar(0, 4)]).toEqual(["████", "██", "▏", ""]);
});
