import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { codeOf, UsageError } from "@tidemark/db";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with the variables of a `.env` file beneath it: what is already set is never overridden.
 * @throws UsageError when the file is there and cannot be read
 */
export function withEnvFile(environment: Environment, path: string): Environment {
	try {
		return { ...parseEnv(readFileSync(path, "utf8").replace(/^\ufeff/, "")), ...environment };
	} catch (cause) {
		if (codeOf(cause) === "ENOENT") return environment;
		throw new UsageError(`${path} cannot be read.`, { fix: "Make it readable, or remove it.", cause });
	}
}
