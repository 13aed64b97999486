import { isTimeZone } from "@tidemark/core";
import { countDeadLetters, type Ingestion, listLastIngestions, type Queryable, UsageError } from "@tidemark/db";
import { pluralize } from "@tidemark/text";
import type { Period } from "../measures/period.ts";
import { type Facts, readFacts } from "../measures/read.ts";
import { callsPart } from "./calls-part.ts";
import { ciPart } from "./ci-part.ts";
import type { Document, Grouping, Line, Part } from "./document.ts";
import { ingestionsPart } from "./ingestions-part.ts";
import { describeAbsence, describePeriod } from "./scope.ts";

export interface OverviewOptions {
	/** Canonical instant, inclusive. Events count by their own time, not by when they were ingested. */
	readonly since: string;
	/** Canonical instant, exclusive; open without one. */
	readonly until?: string | undefined;
	/** IANA name; days begin and instants are shown in it. Default: UTC. */
	readonly zone?: string | undefined;
	/** Groups the part that knows it; `day` both. */
	readonly by?: Grouping | undefined;
}

/** What is known of how the rows got here. */
export interface Arrivals {
	/** The newest of each source and target. */
	readonly ingestions: readonly Ingestion[];
	/** Entries that could not become rows. */
	readonly deadLetters: readonly { readonly source: string; readonly count: number }[];
}

/**
 * What happened in a period, and what is known of how it got here: the CI and the calls to language models in total, in
 * groups, and over time.
 *
 * About twenty statements, whatever is stored; a part without events in the period costs next to nothing. A million
 * calls take less than a second, 100,000 attempts with a million jobs about two.
 *
 * @throws UsageError for an unknown zone
 */
export async function readOverview(
	db: Queryable,
	{ since, until, zone = "UTC", by }: OverviewOptions,
): Promise<Document> {
	// PostgreSQL reads the sign of an offset such as +02:00 the other way round than everybody else.
	if (/^[+-]/.test(zone) || !isTimeZone(zone)) {
		throw new UsageError(`"${zone}" is not a time zone.`, {
			fix: "Use an IANA name such as UTC, Europe/Berlin or America/New_York.",
		});
	}
	const period = { since, until: until ?? null, zone };
	const grouping = by === "model" || by === "phase" || by === "developer" ? by : null;
	const facts = await readFacts(db, period, { wantsDays: by === "day", grouping });
	return {
		zone,
		by: by ?? null,
		data: { period, by: by ?? null },
		parts: overviewParts(facts, period, by ?? null, await readArrivals(db)),
	};
}

const maxIngestions = 100;

export async function readArrivals(db: Queryable): Promise<Arrivals> {
	return { ingestions: await listLastIngestions(db, maxIngestions), deadLetters: await countDeadLetters(db) };
}

export function overviewParts(facts: Facts, period: Period, by: Grouping | null, arrivals: Arrivals): Part[] {
	const parts = [ciPart(facts.ci, by), callsPart(facts.calls, by)];
	const nothing = parts.every(({ isEmpty }) => isEmpty)
		? [{ title: "Nothing to show", scope: describePeriod(period), blocks: [] }]
		: [];
	const absences = describeAbsences(facts, period, nothing.length > 0);
	const rejected = describeDeadLetters(arrivals.deadLetters);
	return [
		...[...nothing, ...parts],
		{ isEmpty: absences.length === 0, blocks: [{ kind: "remarks", tone: "plain", lines: absences }] },
		ingestionsPart(arrivals.ingestions),
		{
			isEmpty: rejected.length === 0,
			data: { dead_letters: arrivals.deadLetters },
			blocks: [{ kind: "remarks", tone: "warning", lines: rejected }],
		},
	];
}

/** Where there is something of what is missing, or how to get it. */
function describeAbsences({ ci, calls }: Facts, period: Period, isEmpty: boolean): Line[] {
	const absences = [
		...(ci.span === null && ci.newestEver ? [describeAbsence("CI runs", ci.newestEver, period)] : []),
		...(calls.span === null && calls.newestEver ? [describeAbsence("LLM calls", calls.newestEver, period)] : []),
	];
	const isUntouched = absences.length === 0 && isEmpty;
	const hint = "Nothing is stored yet: `pnpm telemetry ingest all` reads what is configured.";
	return (isUntouched ? [hint] : absences).map((fact) => ({ facts: [fact] }));
}

/** Nothing if every entry became a row. */
export function describeDeadLetters(deadLetters: Arrivals["deadLetters"]): Line[] {
	const all = deadLetters.reduce((sum, { count }) => sum + count, 0);
	const sources = deadLetters.map(({ source, count }) => `${source} ${count}`).join(", ");
	const rejected = `${pluralize(all, "rejected entry", "rejected entries")} (${sources})`;
	return all > 0 ? [{ facts: [`${rejected}; look at them`], command: "pnpm telemetry dead-letters" }] : [];
}
