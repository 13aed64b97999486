import type { IncomingMessage, ServerResponse } from "node:http";
import { answerRequest } from "./answer-request.ts";
import type { Fault } from "./faults.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import { type Reply, violation } from "./rest.ts";
import { isFilteredList } from "./route.ts";
import { tokenOf } from "./tokens.ts";
import type { World } from "./world.ts";

/** Records a request, lets its listeners change the world, and answers it: rightly, or with the fault that hits it. */
export async function serveRequest(
	world: World,
	requests: RecordedRequest[],
	incoming: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const request = await record(incoming, requests);
	try {
		for (const listener of world.listeners) await listener(request);
		const isFiltered = isFilteredList(request.path, new URLSearchParams(request.query));
		const fault = world.faults.pick({ number: request.number, address: incoming.url ?? "", isFiltered });
		if (fault?.kind === "hang") return;
		if (fault?.kind === "reset") incoming.socket.resetAndDestroy();
		else send(response, request, await replyTo(world, request, fault), world);
	} catch (error) {
		send(response, request, violation(world, error), world);
	}
}

async function replyTo(world: World, request: RecordedRequest, fault: Fault | undefined): Promise<Reply> {
	const wrong = instead(world, request, fault);
	if (wrong) return wrong;
	const reply = await answerRequest(world, request, fault?.kind === "empty-list");
	return fault?.kind === "truncate" ? { ...reply, body: reply.body.slice(0, reply.body.length / 2) } : reply;
}

async function record(incoming: IncomingMessage, requests: RecordedRequest[]): Promise<RecordedRequest> {
	const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
	const headers = Object.fromEntries(
		Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
	);
	let body = "";
	const request: RecordedRequest = {
		// Counted before the body is read, so that the numbers are in the order in which requests came.
		number: requests.length + 1,
		method: incoming.method ?? "GET",
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		token: tokenOf(headers.authorization),
		headers,
		get body() {
			return body;
		},
		status: 0,
	};
	requests.push(request);
	for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
	return request;
}

/** What comes instead of the right answer, if anything does. */
function instead({ clock, tokens }: World, request: RecordedRequest, fault: Fault | undefined): Reply | undefined {
	if (fault?.kind === "html") {
		const headers = { "content-type": "text/html; charset=utf-8" };
		return { status: 200, headers, body: "<!DOCTYPE html><html><body>Unicorn!</body></html>" };
	}
	if (fault?.kind !== "answer") return undefined;
	const { status, headers = {}, body = { message: "Simulated fault" } } = fault;
	const limits = tokens.find(request.token)?.core.headers(clock.now(), clock.skewMs);
	return {
		status,
		headers: { ...limits, ...(typeof headers === "function" ? headers(clock) : headers) },
		body: typeof body === "string" ? body : JSON.stringify(body),
	};
}

function send(response: ServerResponse, request: RecordedRequest, reply: Reply, { clock }: World): void {
	const { status, headers, body } = reply;
	request.status = status;
	const type = { "content-type": "application/json; charset=utf-8" };
	const date = { date: new Date(clock.serverNow()).toUTCString() };
	response.writeHead(status, { server: "github.com", ...(body !== "" && type), ...date, ...headers });
	response.end(body);
}
