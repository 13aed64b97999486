import { Violation } from "../../simulator.ts";
import type { PullFacts, StoredPull } from "../script/stored-pull.ts";
import { showIssueEvent, showIssueEventWithIssue } from "../view/issue-event.ts";
import { notFound } from "./api-error.ts";
import { type Answer, type RepositoryCall, readId } from "./call.ts";
import { takePage } from "./paging.ts";

interface Seen {
	readonly pull: StoredPull;
	readonly facts: PullFacts;
}

export function listPulls({ repository, query, page, now }: RepositoryCall): Answer {
	const sort = query.get("sort") ?? "created";
	const direction = query.get("direction") ?? (sort === "created" ? "desc" : "asc");
	const matching = [...repository.pulls.values()]
		.filter(({ createdAt }) => createdAt <= now)
		.map((pull): Seen => ({ pull, facts: pull.facts(now) }))
		.filter(({ facts }) => isAsked(facts, query, repository.fullName))
		.sort(chooseOrder(sort));
	const ordered = direction === "desc" ? matching.reverse() : matching;
	const rows = takePage(ordered, page).map(({ pull }) => pull.view(now));
	return { body: rows, reachable: ordered.length };
}

function isAsked(facts: PullFacts, query: URLSearchParams, fullName: string): boolean {
	const state = query.get("state") ?? "open";
	const head = query.get("head");
	const base = query.get("base");
	if (state !== "all" && facts.isOpen !== (state === "open")) return false;
	if (base !== null && base !== facts.baseRef) return false;
	const owner = (facts.headRepository ?? fullName).split("/")[0];
	// GitHub ignores a head that does not name the owner.
	return head === null || !head.includes(":") || head === `${owner}:${facts.headRef}`;
}

/** Ascending, to the second as GitHub sorts; the number decides between equals. */
function chooseOrder(sort: string): (one: Seen, other: Seen) => number {
	if (sort !== "created" && sort !== "updated") throw new Violation(`Sorting by ${sort} is not simulated`);
	const second = ({ facts }: Seen) => Math.floor((sort === "created" ? facts.createdAt : facts.updatedAt) / 1000);
	return (one, other) => second(one) - second(other) || one.pull.number - other.pull.number;
}

/** Lists the events of the whole repository, the newest first. */
export function listRepositoryEvents({ repository, page, now }: RepositoryCall): Answer {
	const facts = repository.facts();
	const ofPulls = [...repository.pulls.values()].flatMap((pull) =>
		pull.events(now).map((event) => ({ event, view: () => showIssueEventWithIssue(event, pull, facts, now) })),
	);
	const loose = repository.looseEvents
		.filter(({ at }) => at <= now)
		.map((event) => ({ event, view: () => showIssueEvent(event, facts) }));
	const events = [...ofPulls, ...loose].sort(
		(one, other) => other.event.at - one.event.at || other.event.id - one.event.id,
	);
	return { body: takePage(events, page).map(({ view }) => view()), reachable: events.length };
}

/** Lists the events of one issue, the oldest first. */
export function listIssueEvents(call: RepositoryCall): Answer {
	const { repository, page, now } = call;
	const number = readId(call, "issue_number");
	const pull = repository.pulls.get(number);
	const loose = repository.looseEvents.filter(({ issue, at }) => issue === number && at <= now);
	if ((!pull || pull.createdAt > now) && loose.length === 0) throw notFound();
	const events = [...(pull?.events(now) ?? []), ...loose];
	const rows = takePage(events, page).map((event) => showIssueEvent(event, repository.facts()));
	return { body: rows, reachable: events.length };
}
