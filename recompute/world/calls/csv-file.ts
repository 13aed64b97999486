import type { Random } from "../random.ts";
import { durationMs, isoMicroseconds } from "./call-moments.ts";

const models = [
	"gpt-4o",
	"GPT-4o",
	"openai/gpt-4o",
	"gpt-5-mini",
	"gpt-4",
	"gemini-2.5-flash",
	"house-model",
	"house-model",
	"",
];
const phases = ["plan", "execute", "review", ""];
const developers = ["ada", "grace", "linus", ""];

/** A usage file whose input includes what was cached, with cells that hold commas, quotes and lines. */
export function usageCsv(random: Random, times: readonly number[]): string {
	const header =
		"timestamp,model,prompt_tokens,completion_tokens,total_tokens,cache_read_tokens,cost,task_success,duration_ms,phase,developer,notes";
	const rows = times.map((at) => {
		const input = random.integer(100, 60_000);
		const output = random.integer(1, 4000);
		const cached = random.chance(0.3) ? random.integer(0, input) : "";
		const cost = random.chance(0.2) ? (random.integer(1, 9_000_000) / 1e7).toFixed(7) : "";
		const success = random.pick(["true", "true", "true", "false", ""]);
		const duration = random.chance(0.9) ? durationMs(random) : "";
		const cells = [isoMicroseconds(at), random.pick(models), input, output, input + output, cached, cost, success];
		return [...cells, duration, random.pick(phases), random.pick(developers), notesOf(random, at)].join(",");
	});
	// Three that must not become calls: no time, less than nothing, and two cells too many in the middle.
	const spoilt = [
		"yesterday,gpt-4o,900000,900000,1800000,,,true,10,plan,ada,",
		`${isoMicroseconds(times[0] ?? 0)},gpt-4o,-5,10,5,,,true,10,plan,ada,`,
		`${isoMicroseconds(times[0] ?? 0)},gpt-4o,20,2,22,512,0,1100,7,7,true,10,plan,ada`,
	];
	rows.splice(3, 0, ...spoilt);
	return `${[header, ...rows].join("\n")}\n`;
}

/** A note may look like a row of its own; only its quotes show that it is none. */
function notesOf(random: Random, at: number): string {
	if (random.chance(0.8)) return "";
	return random.pick([
		'"said ""yes"", then no"',
		"Phase 5 of the move",
		`"explain:\n${isoMicroseconds(at)},gpt-4o,900000,900000,1800000,,,true,10,plan,mallory,\nthanks"`,
	]);
}

/** A usage file that counts what was cached apart from its input, as Anthropic does; its totals say so. */
export function anthropicCsv(random: Random, times: readonly number[]): string {
	const header =
		"timestamp,model,input_tokens,cache_creation_input_tokens,cache_read_input_tokens,output_tokens,total_tokens,duration_ms";
	const rows = times.map((at) => {
		const [input, written, read, output] = [
			random.integer(1, 9000),
			random.integer(0, 5000),
			random.integer(0, 9000),
			random.integer(1, 3000),
		];
		const model = random.pick(["claude-haiku-4-5", "claude-opus-4-8"]);
		const total = input + written + read + output;
		return [isoMicroseconds(at), model, input, written, read, output, total, durationMs(random)].join(",");
	});
	return `${[header, ...rows].join("\n")}\n`;
}
