import { describe, expect, it } from "vitest";
import { rowOf } from "./row-of.ts";

function traced(metadata: unknown, attributes: Readonly<Record<string, unknown>> = {}) {
	return { timestamp: "2026-07-25T11:30:00Z", usage: { input_tokens: 1 }, attributes, metadata };
}

const payload = { id: "1", call_type: "completion", startTime: 1753442058, response_cost: 0, status: "success" };

describe("the session of a call", () => {
	it("is the one that is named, else the one inside another identity, else that of its trace", () => {
		expect(rowOf(traced({ session_id: "s-1", user_id: "user_x_session_s-2" }))).toMatchObject({ sessionId: "s-1" });
		expect(rowOf(traced({ user_id: "user_x_account__session_7f3c-11aa" }))).toMatchObject({ sessionId: "7f3c-11aa" });
		const coded = { ...payload, trace_id: "t-1", end_user: "user_abc_account__session_7f3c-11aa" };
		expect(rowOf(coded)).toMatchObject({ sessionId: "7f3c-11aa", traceId: "t-1" });
		expect(rowOf({ ...payload, trace_id: "t-1" })).toMatchObject({ sessionId: "t-1" });
	});
});

describe("the developer of a call", () => {
	it("is named under one of several words", () => {
		for (const word of ["developer_id", "dev_id", "user", "user_id"]) {
			expect(rowOf(traced({ [word]: "alice" }))).toMatchObject({ developer: "alice" });
			expect(rowOf(traced({ requester_metadata: { [word]: "alice" } }))).toMatchObject({ developer: "alice" });
		}
	});

	it("is never a session's identity, nor the proxy's own user", () => {
		expect(rowOf(traced({ user_id: "user_x_session_s-2" }))).not.toHaveProperty("developer");
		const metadata = { user_api_key_user_id: "default_user_id" };
		expect(rowOf({ ...payload, metadata })).not.toHaveProperty("developer");
		expect(rowOf({ ...payload, metadata, end_user: "bob" })).toMatchObject({ developer: "bob" });
	});
});

describe("what became of a result", () => {
	it("counts as accepted for the words for yes, as not accepted for others, and is unknown where nobody says", () => {
		for (const yes of [true, "true", "1", "yes", "Yes", 1]) {
			expect(rowOf(traced({}, { "prod_lens.accepted": yes }))).toMatchObject({ accepted: true });
		}
		expect(rowOf(traced({}, { accepted: "no" }))).toMatchObject({ accepted: false });
		expect(rowOf(traced({ accepted_flag: false }))).toMatchObject({ accepted: false });
		expect(rowOf(traced({}))).not.toHaveProperty("accepted");
	});

	it("has its lines and the share that was kept, also as clients of LiteLLM send them along", () => {
		const words = { accepted_flag: true, accepted_lines: 12, diff_ratio: "0.75" };
		const expected = { accepted: true, acceptedLines: 12, diffRatio: 0.75 };
		expect(rowOf(traced(words))).toMatchObject(expected);
		expect(rowOf({ ...payload, metadata: { spend_logs_metadata: words } })).toMatchObject(expected);
	});
});

describe("the repository of a call", () => {
	it("is named in metadata or a tag, as a name or an address; else it is the setting's", () => {
		for (const repo of ["acme/api", "https://github.com/acme/api.git", "git@github.com:acme/api.git"]) {
			expect(rowOf(traced({ repo_slug: repo }))).toMatchObject({ repository: "acme/api" });
		}
		expect(rowOf({ ...payload, request_tags: ["User-Agent: curl", "repo:acme/web"] })).toMatchObject({
			repository: "acme/web",
		});
		expect(rowOf(traced({}), { repository: "acme/default" })).toMatchObject({ repository: "acme/default" });
		expect(rowOf(traced({ repo: "acme/api" }), { repository: "acme/default" })).toMatchObject({
			repository: "acme/api",
		});
	});

	it("is refused where it would lead out of a folder, and the call is kept without it", () => {
		for (const repo of [
			"../../etc/passwd",
			"acme/../..",
			"/etc/passwd",
			"acme//api",
			"..",
			"a\\..\\b",
			"acme/api\u0000",
		]) {
			expect(rowOf(traced({ repo_slug: repo }), { repository: "acme/default" })).not.toHaveProperty("repository");
		}
	});
});
