import { createHash } from "node:crypto";
import { parseTime } from "../../clock.ts";
import { readJobScript, type ScriptedJob, showJob } from "../view/job.ts";
import { encodeNodeId, type JsonObject } from "../view/json.ts";
import { type RunHome, type ShownRun, showRun } from "../view/run.ts";
import type { AttemptScript, RunScript } from "./run-script.ts";
import type { RunFacts, StoredRun } from "./stored-run.ts";

interface Attempt {
	readonly script: AttemptScript;
	readonly startedAt: number;
	readonly endedAt: number | undefined;
	readonly jobs: readonly ScriptedJob[];
}

/** A scripted run: what is seen of it follows from the script and the moment. */
export class ScriptedRun implements StoredRun, ShownRun {
	readonly id: number;
	readonly createdAt: number;
	deletedAt: number | undefined;
	readonly checkSuiteId: number;
	readonly checkSuiteNodeId: string;
	readonly headSha: string;
	readonly runNumber: number;
	readonly workflow: ShownRun["workflow"];
	readonly script: RunScript;
	readonly home: RunHome;
	readonly #touches: number[];
	readonly #attempts: Attempt[] = [];

	constructor(script: RunScript, { runNumber, workflow }: Pick<ShownRun, "runNumber" | "workflow">, home: RunHome) {
		this.script = script;
		this.runNumber = runNumber;
		this.workflow = workflow;
		this.home = home;
		this.id = script.id ?? home.nextId();
		this.createdAt = parseTime(script.createdAt);
		this.deletedAt = script.deletedAt === undefined ? undefined : parseTime(script.deletedAt);
		this.checkSuiteId = script.checkSuiteId ?? home.nextId();
		this.checkSuiteNodeId = encodeNodeId("CS", this.checkSuiteId);
		this.headSha = script.headSha ?? createHash("sha1").update(`run ${this.id}`).digest("hex");
		this.#touches = [script.touchedAt ?? []].flat().map(parseTime);
		for (const attempt of script.attempts) this.addAttempt(attempt);
	}

	get branch(): string | null {
		return this.script.branch === undefined ? this.home.facts().defaultBranch : this.script.branch;
	}

	/** One more attempt after those that exist: a re-run. */
	addAttempt(script: AttemptScript): void {
		const before = this.#attempts.at(-1)?.jobs ?? [];
		const copies = script.copiesJobs
			? before.filter((job) => (job.script.conclusion ?? "success") === "success" && job.completedAt !== undefined)
			: [];
		this.#attempts.push({
			script,
			startedAt: parseTime(script.startedAt),
			endedAt: script.endedAt ? parseTime(script.endedAt) : undefined,
			jobs: [
				...copies.map((job) => (script.copiesJobs === "new-id" ? { ...job, id: this.home.nextId() } : job)),
				...(script.jobs ?? []).map((job) => readJobScript(job, job.id ?? this.home.nextId())),
			],
		});
	}

	/** Moves `updated_at` at a moment, as an annotation does. */
	touch(at: string): void {
		this.#touches.push(parseTime(at));
	}

	facts(now: number): RunFacts {
		const { event = "push", actor = "octocat" } = this.script;
		const started = this.#startedAttempts(now);
		const facts = {
			...deriveState(started.at(-1), now),
			event,
			branch: this.branch,
			headSha: this.headSha,
			actor,
			workflowId: this.workflow.id,
			checkSuiteId: this.checkSuiteId,
			runNumber: this.runNumber,
			attempt: Math.max(1, started.length),
		};
		return this.script.override ? bent(facts, this.script.override) : facts;
	}

	view(now: number, attempt?: number): JsonObject | undefined {
		const started = this.#startedAttempts(now);
		const newest = Math.max(1, started.length);
		const number = attempt ?? newest;
		if (number < 1 || number > newest) return undefined;
		const at = started[number - 1];
		const state = deriveState(at, now);
		const touches = number === newest ? [this.createdAt, ...this.#touches] : [];
		const events = [...touches, at?.startedAt ?? this.createdAt, at?.endedAt ?? this.createdAt];
		return showRun(this, {
			...state,
			number,
			startedAt: at?.startedAt ?? this.createdAt,
			updatedAt: Math.max(...events.filter((each) => each <= now)),
			script: at?.script,
		});
	}

	jobs(now: number, attempt: number | "all"): readonly JsonObject[] | undefined {
		const started = this.#startedAttempts(now);
		if (attempt !== "all" && (attempt < 1 || attempt > Math.max(1, started.length))) return undefined;
		return started.flatMap(({ jobs }, index) => {
			if (attempt !== "all" && attempt !== index + 1) return [];
			const { fullName, apiUrl } = this.home.facts();
			const home = {
				runId: this.id,
				attempt: index + 1,
				headSha: this.headSha,
				branch: this.branch,
				workflowName: this.workflow.name,
				url: `${apiUrl}/repos/${fullName}`,
				fullName,
			};
			return jobs.map((job) => showJob(job, home, now)).filter((view) => view !== undefined);
		});
	}

	#startedAttempts(now: number): readonly Attempt[] {
		const unstarted = this.#attempts.findIndex(({ startedAt }) => startedAt > now);
		return unstarted === -1 ? this.#attempts : this.#attempts.slice(0, unstarted);
	}
}

function deriveState(attempt: Attempt | undefined, now: number): { status: string; conclusion: string | null } {
	if (!attempt) return { status: "queued", conclusion: null };
	const { endedAt = Number.POSITIVE_INFINITY, script } = attempt;
	if (now < endedAt) return { status: script.status ?? "in_progress", conclusion: null };
	return { status: "completed", conclusion: script.conclusion ?? "success" };
}

/** Filters go by the overridden values. */
function bent(facts: RunFacts, override: JsonObject): RunFacts {
	const { status = facts.status, conclusion = facts.conclusion, event = facts.event } = override;
	const text = (value: unknown) => (typeof value === "string" ? value : null);
	return { ...facts, status: text(status), conclusion: text(conclusion), event: String(event) };
}
