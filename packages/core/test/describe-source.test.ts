import { expect, it } from "vitest";
import { describeOnEmptiedDatabase } from "../src/testing/describe-on-emptied-database.ts";
import { describeSource } from "../src/testing/index.ts";
import { laws } from "../src/testing/laws.ts";
import { mutants } from "./toy/mutants.ts";
import { toyFixture } from "./toy/toy-fixture.ts";
import { toySource } from "./toy/toy-source.ts";

describeSource(toySource, toyFixture);

describeOnEmptiedDatabase("the conformance suite", (open) => {
	for (const { breaks, how, make } of mutants) {
		it(`catches a source that ${how}`, async () => {
			const law = laws.find(({ name }) => name === breaks);
			await expect(law?.check({ source: make(), fixture: toyFixture, open })).rejects.toThrow();
		});
	}

	it("has a mutant for each of its laws", () => {
		expect(mutants.map(({ breaks }) => breaks)).toEqual(laws.map(({ name }) => name));
	});
});
