import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { ViteUserConfig } from "vitest/config";

/** The tests of all packages in files of some names. */
export function testsNamed(include: string, { except = [] }: { except?: string[] } = {}): ViteUserConfig {
	return {
		test: {
			projects: readdirSync("packages").map((name) => ({
				extends: true,
				root: `packages/${name}`,
				test: { name, include: [include], exclude: except },
			})),
			// Files of one worker share their modules, and with them the embedded database, which takes seconds to open.
			isolate: false,
			restoreMocks: true,
			globalSetup: "packages/db/src/testing/global-setup.ts",
			// Opening the embedded database takes seconds when the machine is busy.
			testTimeout: 30_000,
			hookTimeout: 60_000,
			// It also takes a gigabyte, in every worker. One more than there are processors: tests wait for processes and clocks.
			maxWorkers: Math.min(4, availableParallelism() + 1),
		},
	};
}
