/**
 * What would GitHub answer? A server on the loopback interface with a scripted world and a movable clock, for tests and
 * the demo. It imports nothing of ours.
 */
export type { Clock } from "../clock.ts";
export type { Fault, Faults, FaultTarget } from "../faults.ts";
export type { RecordedRequest, RequestListener } from "../simulator.ts";
export { createSecondaryLimit, type SecondaryLimitOptions } from "./http/secondary-limit.ts";
export type { Permission, Permissions, TokenOptions, Tokens } from "./http/tokens.ts";
export { type RecordedDevlake, readDevlake, readDevlakeRows, replayDevlake } from "./recorded/devlake.ts";
export { listWebhooks, readWebhook } from "./recorded/webhooks.ts";
export type { CommitScript } from "./script/commit-script.ts";
export type { PullCommitScript, PullEventScript, PullScript } from "./script/pull-script.ts";
export type { RepositoryOptions, SimulatedRepository } from "./script/repository.ts";
export type { AttemptScript, JobScript, RunScript, StepScript } from "./script/run-script.ts";
export type { ScriptedPull } from "./script/scripted-pull.ts";
export type { ScriptedRun } from "./script/scripted-run.ts";
export { type SimulatedGithub, simulateGithub } from "./simulate-github.ts";
export type { Workflow } from "./view/workflow.ts";
export type { GithubOptions } from "./world.ts";
