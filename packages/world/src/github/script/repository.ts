import { createHash } from "node:crypto";
import { type Clock, parseTime } from "../../clock.ts";
import { type RecordedIssueEvent, readCommit, readIssueEvent } from "../recorded/objects.ts";
import { RawPull } from "../recorded/raw-pull.ts";
import { RawRun } from "../recorded/raw-run.ts";
import { showCommit } from "../view/commit.ts";
import { type JsonObject, readNumber, readText } from "../view/json.ts";
import { showPullReference } from "../view/pull.ts";
import type { RepositoryFacts } from "../view/repository.ts";
import type { Workflow } from "../view/workflow.ts";
import type { CommitScript } from "./commit-script.ts";
import { History } from "./history.ts";
import type { PullEventScript, PullScript } from "./pull-script.ts";
import { RunList } from "./run-list.ts";
import type { AttemptScript, RunScript } from "./run-script.ts";
import { ScriptedPull } from "./scripted-pull.ts";
import { ScriptedRun } from "./scripted-run.ts";
import type { StoredPull } from "./stored-pull.ts";

/** What all repositories of a world share: its time, its address and its ids. */
export interface Place {
	readonly clock: Clock;
	/** What GITHUB_API_URL would be, without a slash at its end. */
	readonly apiUrl: string;
	/** The next id of the whole world; ids of runs and jobs do not fit 32 bits, as on GitHub. */
	nextId(): number;
}

export interface RepositoryOptions {
	readonly id?: number;
	readonly defaultBranch?: string;
	readonly visibility?: "public" | "private";
	readonly isArchived?: boolean;
	/** Without a single commit: its commits are refused with 409. */
	readonly isEmpty?: boolean;
	readonly ownerType?: "User" | "Organization";
	readonly createdAt?: string;
}

/** A repository of a world. What is added to it is data; what is seen follows from the clock. */
export class SimulatedRepository {
	/** True until its first commit. */
	readonly isEmpty: boolean;
	readonly runs = new RunList();
	readonly pulls = new Map<number, StoredPull>();
	/** Recorded events of issues of which nothing else was recorded. */
	readonly looseEvents: RecordedIssueEvent[] = [];
	readonly history = new History();
	readonly workflows = new Map<number, Workflow>();
	readonly #place: Place;
	readonly #onRename: () => void;
	readonly #runNumbers = new Map<number, number>();
	#facts: RepositoryFacts;
	#commits = 0;

	constructor(
		fullName: string,
		options: RepositoryOptions & { readonly id: number },
		place: Place,
		onRename: () => void,
	) {
		this.#place = place;
		this.#onRename = onRename;
		this.isEmpty = options.isEmpty ?? false;
		this.#facts = {
			id: options.id,
			fullName,
			ownerType: options.ownerType ?? "Organization",
			defaultBranch: options.defaultBranch ?? "main",
			isPrivate: options.visibility === "private",
			isArchived: options.isArchived ?? false,
			isFork: false,
			createdAt: parseTime(options.createdAt ?? "2020-01-01T00:00:00Z"),
			apiUrl: place.apiUrl,
		};
	}

	get id(): number {
		return this.#facts.id;
	}

	get fullName(): string {
		return this.#facts.fullName;
	}

	get defaultBranch(): string {
		return this.#facts.defaultBranch;
	}

	/** What its views are made of; the same object until it is renamed. */
	facts(): RepositoryFacts {
		return this.#facts;
	}

	/** From now on the old name is answered with 301. */
	rename(fullName: string): void {
		this.#facts = { ...this.#facts, fullName };
		this.#onRename();
	}

	addWorkflow(workflow: Workflow): void {
		this.workflows.set(workflow.id, workflow);
	}

	addRun(script: RunScript): ScriptedRun {
		const workflow = this.#workflow(script.workflow);
		this.workflows.set(workflow.id, workflow);
		const runNumber = script.runNumber ?? (this.#runNumbers.get(workflow.id) ?? 0) + 1;
		this.#runNumbers.set(workflow.id, runNumber);
		const run = new ScriptedRun(script, { runNumber, workflow }, this.#home());
		this.runs.add(run);
		return run;
	}

	/** @throws Error for a run that was never added */
	addAttempt(runId: number, attempt: AttemptScript): void {
		const run = this.runs.stored(runId);
		if (!(run instanceof ScriptedRun)) throw new Error(`There is no scripted run ${runId}.`);
		run.addAttempt(attempt);
	}

	/**
	 * Deletes a run, now if no time is given: it answers 404 and is in no list.
	 * @throws Error for a run that was never added
	 */
	deleteRun(runId: number, at = this.#place.clock.iso()): void {
		const run = this.runs.stored(runId);
		if (!run) throw new Error(`There is no run ${runId}.`);
		run.deletedAt = parseTime(at);
	}

	addPull(script: PullScript): ScriptedPull {
		const pull = new ScriptedPull(script, this.#home());
		this.pulls.set(pull.number, pull);
		return pull;
	}

	/** @throws Error for a pull request that was never added */
	addPullEvent(number: number, event: PullEventScript): void {
		const pull = this.pulls.get(number);
		if (!(pull instanceof ScriptedPull)) throw new Error(`There is no scripted pull request ${number}.`);
		pull.addEvent(event);
	}

	/** Adds a commit on top of its branch, or where its script says; returns its SHA. Commits are added in their order. */
	addCommit(script: CommitScript): string {
		const { branch = this.defaultBranch, reachableFrom = script.committedAt } = script;
		const at = parseTime(reachableFrom ?? script.committedAt);
		const before = this.history.headAt(branch, at);
		const parents = script.parents ?? (before === undefined ? [] : [before]);
		const sha = script.sha ?? inventSha(this.id, ++this.#commits);
		const view = showCommit(script, sha, parents, this.facts());
		this.history.add({ sha, parents, committedAt: parseTime(script.committedAt), view });
		if (reachableFrom !== null) this.history.setHead(branch, sha, at);
		return sha;
	}

	/** Moves a branch, now if no time is given: a force push, or a new branch. */
	setHead(sha: string, { at = this.#place.clock.iso(), branch = this.defaultBranch } = {}): void {
		this.history.setHead(branch, sha, parseTime(at));
	}

	/** Adds a run as it was recorded from the API. The last object of each attempt is served. */
	addRawRun(recorded: JsonObject): void {
		const run = this.#rawRun(readNumber(recorded, "id") ?? 0);
		run.add(recorded);
		this.runs.add(run);
		const id = readNumber(recorded, "workflow_id") ?? 0;
		this.workflows.set(id, { id, name: readText(recorded, "name"), path: readText(recorded, "path") ?? "" });
	}

	/** Adds a job as it was recorded, to the run and attempt that it names. */
	addRawJob(recorded: JsonObject): void {
		const run = this.#rawRun(readNumber(recorded, "run_id") ?? 0);
		run.addJob(recorded);
	}

	addRawPull(recorded: JsonObject): void {
		const pull = new RawPull(recorded);
		this.pulls.set(pull.number, pull);
	}

	/** Adds an issue event as it was recorded; its issue need not exist here. */
	addRawIssueEvent(recorded: JsonObject): void {
		const event = readIssueEvent(recorded);
		const pull = this.pulls.get(event.issue);
		if (pull instanceof RawPull) pull.addEvent(event);
		else this.looseEvents.push(event);
	}

	/** Adds a commit as it was recorded: to the branch, or to a pull request if its number is given. */
	addRawCommit(recorded: JsonObject, { pull }: { readonly pull?: number } = {}): void {
		const commit = readCommit(recorded);
		const stored = pull === undefined ? undefined : this.pulls.get(pull);
		if (stored instanceof RawPull) stored.addCommit(commit);
		if (pull === undefined) this.history.addLoose(commit);
	}

	/** The known workflow with the same id, or else the same path; a new one otherwise. */
	#workflow({ id, name = "CI", path = inventPath(name) }: NonNullable<RunScript["workflow"]> = {}): Workflow {
		const known = id === undefined ? undefined : this.workflows.get(id);
		const found = known ?? [...this.workflows.values()].find((each) => id === undefined && each.path === path);
		return { ...found, id: found?.id ?? id ?? this.id + 1 + this.workflows.size, name, path };
	}

	#rawRun(id: number): RawRun {
		const known = this.runs.stored(id);
		if (known instanceof RawRun) return known;
		const run = new RawRun(id);
		this.runs.hold(run);
		return run;
	}

	#home() {
		return {
			facts: () => this.facts(),
			nextId: () => this.#place.nextId(),
			pullReference: (number: number) => {
				const pull = this.pulls.get(number);
				if (!(pull instanceof ScriptedPull)) return undefined;
				return showPullReference(pull, pull.facts(this.#place.clock.now()), this.facts());
			},
		};
	}
}

function inventPath(name: string | null): string {
	return `.github/workflows/${(name ?? "ci").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.yml`;
}

/** A SHA that no other commit of the world has. */
function inventSha(repositoryId: number, ordinal: number): string {
	return createHash("sha1").update(`commit ${repositoryId} ${ordinal}`).digest("hex");
}
