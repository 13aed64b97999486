import { createHash } from "node:crypto";
import { parseTime } from "../../clock.ts";
import { encodeNodeId, type JsonObject } from "../view/json.ts";
import { showPull } from "../view/pull.ts";
import type { RepositoryFacts } from "../view/repository.ts";
import type { PullEventScript, PullScript } from "./pull-script.ts";
import type { IssueEvent, PullFacts, StoredPull } from "./stored-pull.ts";

/** What a pull request has from its repository. */
export interface PullHome {
	facts(): RepositoryFacts;
	nextId(): number;
}

interface PullEvent extends PullEventScript {
	readonly id: number;
	/** GitHub lists a merge twice: as a merge and as a closing, with an id each. */
	readonly closingId: number;
	readonly time: number;
}

/** A scripted pull request: its state follows from its events and the moment. */
export class ScriptedPull implements StoredPull {
	readonly id: number;
	readonly number: number;
	readonly nodeId: string;
	readonly createdAt: number;
	readonly script: PullScript;
	readonly #home: PullHome;
	readonly #events: PullEvent[] = [];

	constructor(script: PullScript, home: PullHome) {
		this.script = script;
		this.number = script.number;
		this.id = script.id ?? home.nextId();
		this.nodeId = encodeNodeId("PR", this.id);
		this.createdAt = parseTime(script.createdAt);
		this.#home = home;
		for (const event of script.events ?? []) this.addEvent(event);
	}

	addEvent(event: PullEventScript): void {
		const closingId = this.#home.nextId();
		this.#events.push({ ...event, id: this.#home.nextId(), closingId, time: parseTime(event.at) });
		this.#events.sort((one, other) => one.time - other.time || one.id - other.id);
	}

	facts(now: number): PullFacts {
		const { script, number } = this;
		const past = this.#past(now);
		const fullName = this.#home.facts().fullName;
		const lastState = past.findLast(({ kind }) => kind === "closed" || kind === "merged" || kind === "reopened");
		const lastDraft = past.findLast(({ kind }) => kind === "ready_for_review" || kind === "converted_to_draft");
		const isOpen = lastState === undefined || lastState.kind === "reopened";
		const mergedAt = lastState?.kind === "merged" ? lastState.time : null;
		return {
			number,
			nodeId: this.nodeId,
			isOpen,
			isDraft: lastDraft ? lastDraft.kind === "converted_to_draft" : (script.isDraft ?? false),
			title: script.title ?? `Pull request ${number}`,
			additions: script.additions ?? 1,
			deletions: script.deletions ?? 0,
			changedFiles: script.changedFiles ?? 1,
			createdAt: this.createdAt,
			updatedAt: past.at(-1)?.time ?? this.createdAt,
			closedAt: isOpen ? null : lastState.time,
			mergedAt,
			author: script.author === undefined ? "octocat" : script.author,
			headRef: script.head?.ref ?? `change-${number}`,
			headSha: past.findLast(({ headSha }) => headSha)?.headSha ?? script.head?.sha ?? sha("head", this.id),
			headRepository: script.head?.repo === undefined ? fullName : script.head.repo,
			baseRef: past.findLast(({ baseRef }) => baseRef)?.baseRef ?? script.base?.ref ?? this.#home.facts().defaultBranch,
			// Until it is merged GitHub shows a test merge, which is in no history.
			mergeCommitSha: mergedAt === null ? sha("test merge", this.id) : (script.mergeCommitSha ?? sha("merge", this.id)),
			commits: this.#commits(now),
		};
	}

	view(now: number): JsonObject {
		return showPull(this, this.facts(now), this.#home.facts());
	}

	events(now: number): readonly IssueEvent[] {
		return this.#past(now).flatMap(({ id, closingId, time: at, kind, actor = "octocat" }) => {
			const event = { id, at, kind: words[kind] ?? kind, actor, commitSha: null };
			if (kind === "commented") return [];
			if (kind !== "merged") return [event];
			const commitSha = this.facts(at).mergeCommitSha;
			return [
				{ ...event, commitSha },
				{ ...event, id: closingId, kind: "closed" },
			];
		});
	}

	#past(now: number): readonly PullEvent[] {
		return this.#events.filter(({ time }) => time <= now);
	}

	#commits(now: number): PullFacts["commits"] {
		return (this.script.commits ?? [])
			.map(({ sha: oid, authoredAt, committedAt = authoredAt, message = "Change" }) => ({
				sha: oid,
				authoredAt: parseTime(authoredAt),
				committedAt: parseTime(committedAt),
				message,
			}))
			.filter(({ committedAt }) => committedAt <= now);
	}
}

const words: Readonly<Record<string, string>> = { converted_to_draft: "convert_to_draft" };

function sha(...parts: readonly (string | number)[]): string {
	return createHash("sha1").update(parts.join(" ")).digest("hex");
}
