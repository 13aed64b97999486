/** Where does it come from? The list of sources, in the order in which `ingest all` runs them. */
import { type DefinedSource, defineSource } from "@tidemark/core";
import { agents } from "./agents/source.ts";
import { csv } from "./csv/source.ts";
import { githubCommits, githubJobs, githubPulls, githubRuns } from "./github/sources.ts";
import { litellm } from "./litellm/source.ts";
import { otlp } from "./otlp/source.ts";
import { portkey } from "./portkey/source.ts";

export const sources: readonly DefinedSource[] = [
	defineSource(githubRuns),
	defineSource(githubPulls),
	defineSource(githubCommits),
	// Last of them: it takes what requests are left.
	defineSource(githubJobs),
	defineSource(csv),
	defineSource(portkey),
	defineSource(litellm),
	defineSource(agents),
	defineSource(otlp),
];

export { githubSettings } from "./github/settings.ts";
export type { Comparison } from "./github/verify/compare.ts";
export { type Verification, type VerifyOptions, verifyGithub } from "./github/verify/verify.ts";
