import type { Refused } from "@tidemark/db";
import type { Reporter } from "./context.ts";

/** Told one by one; beyond that a count says more. */
const toldSingly = 5;

/** Warns of bad entries: the first few with place and reason, the rest as a number. */
export class BadEntryWarnings {
	readonly #report: Pick<Reporter, "warn">;
	#count = 0;

	constructor(report: Pick<Reporter, "warn">) {
		this.#report = report;
	}

	add(refused: readonly Pick<Refused, "at" | "reason">[]): void {
		for (const { at, reason } of refused) {
			this.#count++;
			if (this.#count <= toldSingly) this.#report.warn(`${at}: ${reason}`);
		}
	}

	summarise(label: string): void {
		if (this.#count === 0) return;
		const more = this.#count > toldSingly ? `${this.#count - toldSingly} more like these; ` : "";
		const all =
			this.#count === 1 ? "1 entry is kept as a dead letter" : `${this.#count} entries are kept as dead letters`;
		this.#report.warn(`${label}: ${more}${all} (pnpm telemetry dead-letters list).`);
	}
}
