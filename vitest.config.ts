import { defineConfig } from "vitest/config";
import { testsNamed } from "./vitest.shared.ts";

export default defineConfig(testsNamed("test/**/*.test.ts", { except: ["test/**/*.slow.test.ts"] }));
