import { describe, expect, it } from "vitest";
import { judgeFailure } from "../../src/github/api/failures.ts";

const date = "Sat, 21 Nov 2026 12:00:00 GMT";
const now = Date.parse(date) / 1000;
const limited = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now + 90), date };

/** T23, in all forms, and T24, T29 beside it. */
describe("an answer of GitHub", () => {
	it.each([
		[
			"403 with Retry-After and the words",
			403,
			{ "retry-after": "7" },
			"You have exceeded a secondary rate limit",
			7000,
		],
		["403 with Retry-After and other words", 403, { "retry-after": "7" }, "Slow down", 7000],
		["429 with Retry-After and no words", 429, { "retry-after": "5" }, "", 5000],
		["429 with Retry-After as a date", 429, { "retry-after": "Sat, 21 Nov 2026 12:00:09 GMT", date }, "", 9000],
		["403 with nothing remaining", 403, limited, "API rate limit exceeded", 91_000],
		["429 with nothing remaining", 429, limited, "API rate limit exceeded", 91_000],
		["403 with the words only", 403, {}, "You have exceeded a secondary rate limit.", 60_000],
		["403 with the old words", 403, {}, "You have triggered an abuse detection mechanism.", 60_000],
		["429 with neither", 429, { "x-ratelimit-remaining": "12" }, "Too Many Requests", 60_000],
	])("is waited for as GitHub documents it: %s", (_, status, headers, message, ms) => {
		expect(judgeFailure({ status, headers: new Headers(Object.entries(headers)), message }, 0)).toMatchObject({
			kind: "wait",
			ms,
		});
	});

	it("is waited for twice as long with each try if GitHub names no time", () => {
		const waits = [0, 1, 2].map((tries) => judgeFailure({ status: 429, headers: new Headers(), message: "" }, tries));
		expect(waits).toMatchObject([{ ms: 60_000 }, { ms: 120_000 }, { ms: 240_000 }]);
	});

	it("T24: is waited for by GitHub's clock, not by this machine's", () => {
		const skewed = new Date((now + 90) * 1000).toUTCString();
		const headers = { ...limited, date: skewed };
		expect(judgeFailure({ status: 403, headers: new Headers(headers), message: "" }, 0)).toMatchObject({
			kind: "wait",
			ms: 1000,
		});
	});

	it("T29: that refuses for a missing permission is no limit", () => {
		const headers = { "x-ratelimit-remaining": "4000", "x-accepted-github-permissions": "actions=read" };
		const message = "Resource not accessible by integration";
		expect(judgeFailure({ status: 403, headers: new Headers(headers), message }, 0)).toEqual({ kind: "refuse" });
	});

	it.each([500, 502, 503, 504, 408, 0])("is asked for again after %i", (status) => {
		expect(judgeFailure({ status, headers: new Headers(), message: "" }, 0)).toEqual({ kind: "retry" });
	});

	it.each([400, 401, 404, 409, 410, 422, 451])("is taken as it is with %i", (status) => {
		expect(judgeFailure({ status, headers: new Headers(), message: "" }, 0)).toEqual({ kind: "refuse" });
	});
});
