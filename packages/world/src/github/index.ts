/**
 * What would GitHub answer? A server on the loopback interface with a scripted world and a movable clock, for tests and
 * the demo. It imports nothing of ours.
 */
export type { Clock } from "./clock.ts";
export type { CommitScript } from "./commit-script.ts";
export { type Fault, type Faults, type FaultTarget, type SecondaryLimitOptions, secondaryLimit } from "./faults.ts";
export type { PullCommitScript, PullEventScript, PullScript } from "./pull-script.ts";
export { expectedByDevlake, type RecordedDevlake, recordedDevlake, replayDevlake } from "./recorded-devlake.ts";
export type { RecordedRequest, RequestListener } from "./recorded-request.ts";
export { recordedWebhook, recordedWebhookNames } from "./recorded-webhook.ts";
export type { RepositoryOptions, SimulatedRepository } from "./repository.ts";
export type { AttemptScript, JobScript, RunScript, StepScript } from "./run-script.ts";
export type { ScriptedPull } from "./scripted-pull.ts";
export type { ScriptedRun } from "./scripted-run.ts";
export { type SimulatedGithub, simulateGithub } from "./simulate-github.ts";
export type { Permission, Permissions, TokenOptions, Tokens } from "./tokens.ts";
export type { Workflow } from "./workflows.ts";
export type { GithubOptions } from "./world.ts";
