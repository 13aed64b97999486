import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type HttpRequest, readRetryAfterMs, requestStream, requestText, Unavailable } from "../src/index.ts";

type Handler = (response: ServerResponse, request: IncomingMessage) => void;

const closers: (() => void)[] = [];

afterEach(() => {
	for (const close of closers.splice(0)) close();
});

/** A service that answers each request by the next of its handlers, and the last one ever after. */
async function serviceOf(...handlers: Handler[]): Promise<{ url: string; requests: IncomingMessage[] }> {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		handlers[Math.min(requests.length, handlers.length) - 1]?.(response, request);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	closers.push(() => void server.close().closeAllConnections());
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests };
}

/** A request that notes its waits instead of waiting. */
function impatient(request: Partial<HttpRequest> = {}): HttpRequest & { readonly waits: number[] } {
	const waits: number[] = [];
	const wait = async (ms: number) => void waits.push(ms);
	return { label: "The service", signal: new AbortController().signal, wait, waits, ...request };
}

const answer =
	(status: number, text = "", headers: Readonly<Record<string, string>> = {}): Handler =>
	(response) =>
		void response.writeHead(status, headers).end(text);
const reset: Handler = (response) => void response.destroy();
const hang: Handler = () => undefined;

describe("a request", () => {
	it("is tried again after network errors, 429 and 5xx, with waits that grow and differ", async () => {
		const { url, requests } = await serviceOf(reset, answer(500), answer(429), answer(503), answer(200, "done"));
		const request = impatient({ method: "POST", body: "{}", headers: { "x-key": "1" } });
		expect(await requestText(url, request)).toMatchObject({ status: 200, text: "done" });
		expect(requests.map(({ method, headers }) => `${method} ${headers["x-key"]}`)).toEqual(Array(5).fill("POST 1"));
		for (const [index, longest] of [500, 1000, 2000, 4000].entries()) {
			expect(request.waits[index]).toBeGreaterThanOrEqual(longest / 2);
			expect(request.waits[index]).toBeLessThanOrEqual(longest);
		}
	});

	it("leaves any other status to whoever asked, at once", async () => {
		for (const status of [400, 401, 403, 404, 501]) {
			const { url, requests } = await serviceOf(answer(status, "no"));
			expect(await requestText(url, impatient())).toMatchObject({ status, text: "no" });
			expect(requests).toHaveLength(1);
		}
	});

	it("follows no redirect, which would carry its key to another host", async () => {
		const other = await serviceOf(answer(200));
		const { url } = await serviceOf(answer(302, "", { location: other.url }));
		expect(await requestText(url, impatient({ headers: { "x-key": "1" } }))).toMatchObject({ status: 302 });
		expect(other.requests).toEqual([]);
	});

	it("waits as long as the service asks, in seconds or until a moment of the service's own clock", async () => {
		const date = { date: "Tue, 03 Mar 2020 10:00:00 GMT", "retry-after": "Tue, 03 Mar 2020 10:00:40 GMT" };
		const { url } = await serviceOf(answer(429, "", { "retry-after": "30" }), answer(503, "", date), answer(200));
		const request = impatient();
		await requestText(url, request);
		expect(request.waits[0]).toBeGreaterThanOrEqual(30_000);
		expect(request.waits[0]).toBeLessThanOrEqual(31_000);
		expect(request.waits[1]).toBeGreaterThanOrEqual(40_000);
		expect(request.waits[1]).toBeLessThanOrEqual(41_000);
	});

	it("gives up at once if it is asked for more patience than there is", async () => {
		const { url, requests } = await serviceOf(answer(429, "slow down", { "retry-after": "3600" }));
		const failed = await requestText(url, impatient()).catch((error: unknown) => error);
		expect(failed).toBeInstanceOf(Unavailable);
		expect(failed).toMatchObject({ status: 429, text: "slow down" });
		expect(String(failed)).toMatch(
			/^Unavailable: The service answered with 429 and asks to be left alone for 36\d\d s/,
		);
		expect(requests).toHaveLength(1);
	});

	it("gives up after its tries, or when it has waited for too long in all", async () => {
		const { url, requests } = await serviceOf(answer(500));
		await expect(requestText(url, impatient({ tries: 3 }))).rejects.toThrow(
			"The service answered with 500, 3 times in a row.",
		);
		expect(requests).toHaveLength(3);
		const request = impatient({ maxWaitMs: 3000, tries: 100 });
		await expect(requestText(url, request)).rejects.toThrow("The service answered with 500 again and again.");
		expect(request.waits.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(3000);
	});

	it("gives up a try that takes too long", async () => {
		const { url } = await serviceOf(hang, answer(200, "quick"));
		expect(await requestText(url, impatient({ timeoutMs: 50 }))).toMatchObject({ text: "quick" });
		const slow = await serviceOf((response) => void response.writeHead(200).write("half"));
		await expect(requestText(slow.url, impatient({ timeoutMs: 50, tries: 2 }))).rejects.toThrow(
			"The service did not answer in time, 2 times in a row.",
		);
	});

	it("is tried again if its answer is cut off", async () => {
		const cut: Handler = (response) => {
			response.writeHead(200, { "content-length": "100" }).write("half", () => response.destroy());
		};
		const { url } = await serviceOf(cut, answer(200, "whole"));
		expect(await requestText(url, impatient())).toMatchObject({ text: "whole" });
	});

	it("refuses an answer that is too large", async () => {
		const { url, requests } = await serviceOf(answer(200, "x".repeat(5000)));
		await expect(requestText(url, impatient({ maxBytes: 1000 }))).rejects.toThrow(
			"The service answered with more than 1000 bytes.",
		);
		expect(requests).toHaveLength(1);
	});

	it("ends with the signal's reason, in flight as in a wait", async () => {
		const { url } = await serviceOf(hang);
		const inFlight = requestText(url, impatient({ signal: AbortSignal.timeout(20) }));
		await expect(inFlight).rejects.toMatchObject({ name: "TimeoutError" });
		const failing = await serviceOf(answer(500));
		const { wait, ...waiting } = impatient({ signal: AbortSignal.timeout(20) });
		await expect(requestText(failing.url, waiting)).rejects.toMatchObject({ name: "AbortError" });
	});

	it("fails at once if no try can help", async () => {
		const request = impatient();
		await expect(requestText("http://nowhere.invalid/", request)).rejects.toThrow("The service cannot be reached:");
		for (const address of ["nowhere", "file:///etc/passwd", "http://me:s3cret@127.0.0.1/"]) {
			await expect(requestText(address, request)).rejects.toThrow("The service's address is none that can be asked.");
		}
		await expect(requestText("http://127.0.0.1/", { ...request, headers: { key: "s3cret\n" } })).rejects.toThrow(
			"A header for The service holds characters that no header can.",
		);
		expect(request.waits).toEqual([]);
	});

	it("never shows its address, which may hold a secret", async () => {
		const { url } = await serviceOf(reset);
		const failed = await requestText(`${url}?key=s3cret`, impatient({ tries: 2 })).catch((error: unknown) => error);
		expect(String(failed)).toBe("Unavailable: The service cannot be reached (UND_ERR_SOCKET), 2 times in a row.");
	});
});

describe("a stream", () => {
	it("is tried until its head is there, and then read as it comes", async () => {
		const { url } = await serviceOf(reset, answer(503, "busy"), answer(200, "the content"));
		const { status, body } = await requestStream(url, impatient());
		expect(status).toBe(200);
		expect(String(Buffer.concat(await Array.fromAsync(body)))).toBe("the content");
	});

	it("hands over what came before a cut, and then throws", async () => {
		const { url } = await serviceOf((response) => {
			response
				.writeHead(200, { "content-length": "100" })
				.write("half", () => setTimeout(() => response.destroy(), 50));
		});
		const { body } = await requestStream(url, impatient());
		const read: string[] = [];
		await expect(
			(async () => {
				for await (const chunk of body) read.push(String(chunk));
			})(),
		).rejects.toThrow("terminated");
		expect(read).toEqual(["half"]);
	});

	it("breaks off if the service pauses for too long, but waits for its reader", async () => {
		const { url } = await serviceOf((response) => void response.writeHead(200).write("half"));
		const { body } = await requestStream(url, impatient({ timeoutMs: 100 }));
		const chunks = body[Symbol.asyncIterator]();
		expect(String((await chunks.next()).value)).toBe("half");
		await new Promise((resolve) => setTimeout(resolve, 200));
		await expect(chunks.next()).rejects.toMatchObject({ name: "TimeoutError" });
	});

	it("closes the connection if it is left early", async () => {
		const closed = Promise.withResolvers<void>();
		const { url } = await serviceOf((response, request) => {
			request.socket.once("close", () => closed.resolve());
			response.writeHead(200).write("endless");
		});
		const { body } = await requestStream(url, impatient());
		for await (const _ of body) break;
		await closed.promise;
	});
});

describe("Retry-After", () => {
	it("counts from the answer's Date, from now if there is none, and never below nothing", () => {
		const now = Date.parse("2026-01-01T00:00:00Z");
		const read = (headers: Record<string, string>) => readRetryAfterMs(new Headers(headers), now);
		expect(read({ "retry-after": "7" })).toBe(7000);
		expect(read({ "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT" })).toBe(60_000);
		expect(read({ "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT", date: "Thu, 01 Jan 2026 00:00:50 GMT" })).toBe(
			10_000,
		);
		expect(read({ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" })).toBe(0);
		expect(read({ "retry-after": "soon" })).toBeUndefined();
		expect(read({})).toBeUndefined();
	});
});
