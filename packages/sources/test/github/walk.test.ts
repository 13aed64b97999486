import { describe, expect, it } from "vitest";
import { Walk } from "../../src/github/commits/walk.ts";

const commit = (sha: string, ...parents: string[]) => ({
	sha,
	parents: parents.map((parent) => ({ sha: parent })),
	commit: { committer: { date: "2026-03-01T10:00:00Z" } },
});
const shas = (commits: readonly unknown[]) => commits.map((each) => (each as { sha: string }).sha);

describe("the walk through a history", () => {
	it("ends at what is known and answers parents before their children", () => {
		const walk = new Walk(new Set(["b", "a"]));
		walk.add([commit("d", "c"), commit("c", "b"), commit("b", "a")]);
		expect(walk.isOpen).toBe(false);
		expect(shas(walk.found)).toEqual(["c", "d"]);
	});

	it("finds a branch that was merged late, behind commits that are known", () => {
		const walk = new Walk(new Set(["m2", "m1", "base"]));
		walk.add([commit("merge", "m2", "f2"), commit("m2", "m1"), commit("m1", "base")]);
		expect(walk.isOpen).toBe(true);
		walk.add([commit("f2", "f1"), commit("f1", "base"), commit("base")]);
		expect(walk.isOpen).toBe(false);
		expect(shas(walk.found)).toEqual(["f1", "f2", "merge"]);
	});

	it("finds a rebased branch under its new names", () => {
		const walk = new Walk(new Set(["old2", "old1", "base"]));
		walk.add([commit("new2", "new1"), commit("new1", "base"), commit("base")]);
		expect(shas(walk.found)).toEqual(["new1", "new2"]);
	});
});
