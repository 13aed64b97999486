import { parseTime } from "../../clock.ts";
import type { RunFacts, StoredRun } from "../script/stored-run.ts";
import { isObject, type JsonObject, markUnchecked, readNumber, readText } from "../view/json.ts";

/** A recorded run, served as it was recorded from its `created_at` on. The last object of each attempt is shown. */
export class RawRun implements StoredRun {
	readonly id: number;
	createdAt = 0;
	deletedAt: number | undefined;
	checkSuiteNodeId = "";
	readonly #attempts = new Map<number, JsonObject>();
	readonly #jobs = new Map<number, JsonObject[]>();

	constructor(id: number) {
		this.id = id;
	}

	add(recorded: JsonObject): void {
		this.createdAt = parseTime(readText(recorded, "created_at") ?? "");
		this.checkSuiteNodeId = readText(recorded, "check_suite_node_id") ?? "";
		this.#attempts.set(readNumber(recorded, "run_attempt") ?? 1, markUnchecked(recorded));
	}

	/** A job may come without its run: then its run is in no list, but its jobs can be asked for. */
	addJob(recorded: JsonObject): void {
		const attempt = readNumber(recorded, "run_attempt") ?? 1;
		// A job that was recorded twice is one job, as it was later.
		const others = (this.#jobs.get(attempt) ?? []).filter(({ id }) => id !== recorded.id);
		this.#jobs.set(attempt, [...others, markUnchecked(recorded)]);
	}

	facts(): RunFacts {
		const run = this.view(0) ?? {};
		const actor = isObject(run.actor) ? run.actor : {};
		return {
			status: readText(run, "status"),
			conclusion: readText(run, "conclusion"),
			event: readText(run, "event") ?? "",
			branch: readText(run, "head_branch"),
			headSha: readText(run, "head_sha") ?? "",
			actor: readText(actor, "login"),
			workflowId: readNumber(run, "workflow_id") ?? 0,
			checkSuiteId: readNumber(run, "check_suite_id") ?? 0,
			runNumber: readNumber(run, "run_number") ?? 0,
			attempt: this.#newest(),
		};
	}

	view(_now: number, attempt = this.#newest()): JsonObject | undefined {
		return this.#attempts.get(attempt);
	}

	jobs(_now: number, attempt: number | "all"): readonly JsonObject[] | undefined {
		return attempt === "all"
			? [...this.#jobs.values()].flat()
			: (this.#jobs.get(attempt) ?? (this.#attempts.has(attempt) ? [] : undefined));
	}

	#newest(): number {
		return Math.max(1, ...this.#attempts.keys());
	}
}
