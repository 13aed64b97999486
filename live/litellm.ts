// `pnpm test:live` tries the source litellm on a real LiteLLM proxy: what was sent is compared with what is stored.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { testServer } from "../packages/db/src/testing/index.ts";
import { sendCalls } from "./litellm/calls.ts";
import { createDatabase } from "./litellm/create-database.ts";
import { installLitellm } from "./litellm/installation.ts";
import { startProxy } from "./litellm/proxy.ts";
import { tryWay, type Way } from "./litellm/try-way.ts";

const say = (text: string) => process.stdout.write(`${text}\n`);

const installation = await installLitellm();
say(`LiteLLM ${installation.version}`);
const logs = await mkdtemp(join(tmpdir(), "tidemark-live-"));
const server = await testServer();
let wrong = 0;
try {
	const hasDatabase = installation.whyNoDatabase === undefined;
	const databaseUrl = hasDatabase ? await createDatabase(server.url, "live_litellm") : undefined;
	await using proxy = await startProxy(installation, { logs, databaseUrl });
	const sent = await sendCalls(proxy);
	say(`${sent.length} calls were sent: plain, streamed, answered from LiteLLM's cache, and refused.`);
	// Callbacks run behind the answers; rows reach the table in batches, one a minute.
	await sleep(hasDatabase ? 90_000 : 5000);
	const answered = sent.filter(({ kind }) => kind !== "failed");
	const ways: readonly Way[] = [
		{ name: "payloads of a callback", sent, flags: { path: [join(logs, "payloads.jsonl")] } },
		{ name: "spend logs of answered calls", sent: answered, flags: { path: [join(logs, "spend-logs.jsonl")] } },
		{ name: "both files together", sent, flags: { path: [join(logs, "*.jsonl")] } },
		...(hasDatabase ? [{ name: "the proxy's API", sent, flags: { "base-url": proxy.url, "api-key": proxy.key } }] : []),
	];
	for (const way of ways) {
		const found = await tryWay(way, await createDatabase(server.url, `live_${ways.indexOf(way)}`));
		say(
			found.length === 0 ? `ok: ${way.name}, ${way.sent.length} calls` : `WRONG: ${way.name}\n  ${found.join("\n  ")}`,
		);
		wrong += found.length;
	}
	if (!hasDatabase)
		say(`NOT TRIED: the proxy's API. LiteLLM's database client does not work here: ${installation.whyNoDatabase}`);
} finally {
	await server.stop();
	if (wrong > 0) say(`The logs are in ${logs}.`);
	else await rm(logs, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;
