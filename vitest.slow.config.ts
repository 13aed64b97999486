import { defineConfig } from "vitest/config";
import { testsNamed } from "./vitest.shared.ts";

// What kills processes many times, or is large: a part of `.ci/run`, too slow for `pnpm test`.
export default defineConfig(testsNamed("test/**/*.slow.test.ts"));
