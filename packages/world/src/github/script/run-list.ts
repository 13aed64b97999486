import { isThere, type StoredRun } from "./stored-run.ts";

/** The runs of a repository in the order of the lists: newest first, within one second the larger id first. */
export class RunList {
	readonly #byId = new Map<number, StoredRun>();
	readonly #listed = new Set<StoredRun>();
	readonly #bySuite = new Map<string, StoredRun>();
	#sorted: StoredRun[] | undefined;

	add(run: StoredRun): void {
		this.hold(run);
		this.#listed.add(run);
		this.#bySuite.set(run.checkSuiteNodeId, run);
		this.#sorted = undefined;
	}

	/** Adds a run that is in no list. */
	hold(run: StoredRun): void {
		this.#byId.set(run.id, run);
	}

	/** Undefined also for a run that is deleted or to come. */
	find(id: number, now: number): StoredRun | undefined {
		return there(this.#byId.get(id), now);
	}

	/** At any moment, even if it is deleted or to come. */
	stored(id: number): StoredRun | undefined {
		return this.#byId.get(id);
	}

	findBySuite(checkSuiteNodeId: string, now: number): StoredRun | undefined {
		return there(this.#bySuite.get(checkSuiteNodeId), now);
	}

	visible(now: number): StoredRun[] {
		// Sorted once for many pages: thousands are added before anyone reads.
		this.#sorted ??= [...this.#listed].sort((one, other) => seconds(other) - seconds(one) || other.id - one.id);
		return this.#sorted.filter((run) => isThere(run, now));
	}
}

function there(run: StoredRun | undefined, now: number): StoredRun | undefined {
	return run && isThere(run, now) ? run : undefined;
}

function seconds({ createdAt }: StoredRun): number {
	return Math.floor(createdAt / 1000);
}
