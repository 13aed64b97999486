import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CallFile, RawWorld } from "../raw.ts";
import type { Call } from "./call.ts";
import { claudeCalls } from "./claude.ts";
import { codexCalls } from "./codex.ts";
import { csvCalls } from "./csv.ts";
import { litellmCalls } from "./litellm.ts";
import { otlpCalls } from "./otlp.ts";
import { portkeyCalls } from "./portkey.ts";

/** The calls in a world's files. */
export function readCalls({ callFiles }: RawWorld, folder: string): Call[] {
	const read = ({ path }: CallFile) => readFileSync(join(folder, path), "utf8");
	const textsOf = (source: CallFile["source"]) => callFiles.filter((file) => file.source === source).map(read);
	return [
		...callFiles.filter(({ source }) => source === "csv").flatMap((file) => csvCalls(read(file), file)),
		...textsOf("portkey").flatMap(portkeyCalls),
		...litellmCalls(textsOf("litellm").join("\n")),
		...claudeCalls(textsOf("claude")),
		...codexCalls(textsOf("codex")),
		...textsOf("otlp").flatMap(otlpCalls),
	];
}
