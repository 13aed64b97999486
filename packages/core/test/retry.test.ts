import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { retryDatabase } from "../src/open-database.ts";

const failureOf = (code?: string) =>
	Object.assign(new Error(`failed with ${code}`), code === undefined ? {} : { code });

/** Work that fails a number of times before it succeeds. */
function failing(times: number, code?: string) {
	const work = vi.fn<() => Promise<string>>().mockResolvedValue("done");
	for (let time = 0; time < times; time++) work.mockRejectedValueOnce(failureOf(code));
	return work;
}

describe("work with the database", () => {
	// The shortest waiting there is.
	beforeEach(() => {
		vi.spyOn(Math, "random").mockReturnValue(-0.49);
	});
	afterEach(() => {
		vi.restoreAllMocks();
	});

	it.each([
		["a serialisation failure", "40001"],
		["a deadlock", "40P01"],
		["a lost connection", "08006"],
		["a connection that the server ended", "57P01"],
		["a server that starts", "57P03"],
		["a server without free connections", "53300"],
		["a full disk", "53100"],
		["a transaction that was suspended too long", "25P03"],
		["a connection that the driver lost", "CONNECTION_CLOSED"],
		["a connection that was reset", "ECONNRESET"],
		["a server that is not back yet", "ECONNREFUSED"],
		["a connection that does not come about", "CONNECT_TIMEOUT"],
		["a connection that went silent", "ETIMEDOUT"],
		["a closed pipe", "EPIPE"],
	])("is done again after %s (%s)", async (_, code) => {
		const work = failing(2, code);
		expect(await retryDatabase(work)).toBe("done");
		expect(work).toHaveBeenCalledTimes(3);
	});

	it.each([
		["data that does not fit", "22003"],
		["a violated constraint", "23502"],
		["a missing table", "42P01"],
		["a cancelled statement", "57014"],
		["an error of our own", undefined],
	])("is not done again after %s (%s)", async (_, code) => {
		const work = failing(1, code);
		await expect(retryDatabase(work)).rejects.toThrow(failureOf(code));
		expect(work).toHaveBeenCalledTimes(1);
	});

	it("fails with the reason of the last time after five times", async () => {
		const work = failing(9, "08006");
		await expect(retryDatabase(work)).rejects.toThrow("failed with 08006");
		expect(work).toHaveBeenCalledTimes(5);
	});
});
