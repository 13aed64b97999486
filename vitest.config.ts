import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		projects: readdirSync("packages").map((name) => ({
			extends: true,
			root: `packages/${name}`,
			test: { name, include: ["test/**/*.test.ts"] },
		})),
		globalSetup: "packages/db/src/testing/global-setup.ts",
		// Opening the embedded database takes seconds when the machine is busy.
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// It also takes a gigabyte, in every worker.
		maxWorkers: Math.min(4, availableParallelism()),
	},
});
