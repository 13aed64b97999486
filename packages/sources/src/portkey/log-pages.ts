import { callItem, hashIdentity } from "@tidemark/calls";
import type { Context, Item, Line } from "@tidemark/core";
import { toObject } from "../json/json-object.ts";
import { CostUnits } from "./cost-unit.ts";
import { type RawLog, readLog } from "./raw-log.ts";
import type { PortkeyConfig } from "./settings.ts";

export interface LogPage {
	readonly items: readonly Item[];
	/** Lines that held something, from the first page on. */
	readonly lines: number;
	/** Settled now or before. */
	readonly costUnit: "usd" | "cents" | undefined;
	/** Where its last line ends. */
	readonly end: Pick<Line, "end" | "number">;
}

interface LogPagesOptions {
	/** Where a line stands, for a person. Without it a line is named by the log's id, wherever it stands. */
	readonly placeOf?: (line: Line) => string;
	/** False for a line that is to be read another time. */
	readonly isWanted?: (line: Line, isJson: boolean) => boolean;
	readonly pageSize: number;
	/** As it was settled before. */
	readonly costUnit: "usd" | "cents" | undefined;
}

/** A page of long lines is a short one. */
const maxCharacters = 16 * 1024 * 1024;

/** Reads lines of an export in pages of items, each with the unit of its cost. If they break off, what came before counts. */
export async function* readLogPages(
	lines: AsyncIterable<Line>,
	{ config, report }: Pick<Context<PortkeyConfig>, "config" | "report">,
	{ placeOf, isWanted, costUnit: known, pageSize }: LogPagesOptions,
): AsyncIterable<LogPage> {
	const units = new CostUnits(config.costUnit === "auto" ? known : config.costUnit, report);
	let [found, characters, count]: [LineRead[], number, number] = [[], 0, 0];
	let end: LogPage["end"] | undefined;
	const makePage = (at: LogPage["end"]): LogPage => {
		const costUnit = units.settle(found.flatMap((each) => each.log ?? []));
		return { items: found.map((each) => makeItem(each, costUnit)), lines: count, costUnit, end: at };
	};
	try {
		for await (const line of lines) {
			if (line.text?.trim() !== "") {
				const read = readLine(line, placeOf?.(line), config.storePrompts);
				if (isWanted && !isWanted(line, read.isJson)) continue;
				found.push(read);
				characters += line.text?.length ?? 0;
				count++;
			}
			end = line;
			if (found.length < pageSize && characters < maxCharacters) continue;
			yield makePage(end);
			[found, characters] = [[], 0];
		}
	} catch (error) {
		if (end) yield makePage(end);
		throw error;
	}
	if (end) yield makePage(end);
	units.reportUnknown();
}

/** What became of one line: a log, or why it is none. */
interface LineRead {
	readonly at: string;
	readonly isJson: boolean;
	readonly log?: RawLog;
	/** What names the log. */
	readonly key?: string;
	readonly spoilt?: string;
	readonly text?: string;
}

/**
 * Reads a line. What cannot be read may hold a prompt: it is kept only if texts are wanted.
 *
 * @param place where the line stands, for a person; without it the log's own id names it
 */
function readLine({ text }: Line, place: string | undefined, withTexts: boolean): LineRead {
	const value = parse(text);
	const isJson = value !== undefined;
	const object = typeof value === "string" ? undefined : toObject(value);
	// The same line of the next export, whose window begins elsewhere, has to be the same dead letter.
	const hashLine = () => hashIdentity(text ?? "").slice(0, 12);
	if (object) {
		const log = readLog(object, withTexts);
		const key = log.id || hashLine();
		return { at: place ?? `log ${key}`, isJson, log, key };
	}
	const spoilt = text === undefined ? "longer than a line may be" : isJson ? "no JSON object" : "not JSON";
	const kept = withTexts && text !== undefined ? { text } : {};
	return { at: place ?? `a line of an export, ${hashLine()}`, isJson, spoilt, ...kept };
}

/** Undefined if it is no JSON. The parser's own words are not passed on: they quote the line. */
function parse(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

function makeItem({ at, log, key, spoilt = "", text }: LineRead, costUnit: "usd" | "cents" | undefined): Item {
	if (!log) return { at, spoilt, ...(text !== undefined && { text }) };
	return callItem({ ...log, costUnit: costUnit ?? "unknown" }, at, key);
}
