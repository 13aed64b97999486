import type { Refused } from "@tidemark/db";
import type { Reporter } from "./context.ts";

/** Told one by one; beyond that a count says more. */
const toldSingly = 5;

/** Warns of bad entries: the first few with place and reason, the rest as a number. */
export class BadEntryWarnings {
	readonly #report: Pick<Reporter, "warn">;
	readonly #isDryRun: boolean;
	#count = 0;

	constructor({ report, dryRun }: { readonly report: Pick<Reporter, "warn">; readonly dryRun: boolean }) {
		this.#report = report;
		this.#isDryRun = dryRun;
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
		const [all, letters] =
			this.#count === 1 ? ["1 entry", "a dead letter"] : [`${this.#count} entries`, "dead letters"];
		const fate = this.#isDryRun ? `would become ${letters}.` : `kept as ${letters} (pnpm telemetry dead-letters list).`;
		this.#report.warn(`${label}: ${more}${all} ${fate}`);
	}
}
