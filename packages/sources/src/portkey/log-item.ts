import { hash } from "node:crypto";
import type { Item, Line } from "@tidemark/core";
import { objectOf } from "../json/json-object.ts";
import { type RawLog, rawLogOf } from "./raw-log.ts";

/** What became of one line. */
export interface LineRead {
	readonly item: Item;
	/** The item's entry; undefined where it is spoilt. */
	readonly log: RawLog | undefined;
	readonly isJson: boolean;
}

/**
 * Makes an item of a line. What cannot be read may hold a prompt: it is kept only where texts are wanted.
 *
 * @param place where the line stands, for a person; without one the log's own id names it
 */
export function readLine({ text }: Line, place: string | undefined, withTexts: boolean): LineRead {
	const value = parsed(text);
	const isJson = value !== undefined;
	const object = typeof value === "string" ? undefined : objectOf(value);
	if (object) {
		const log = rawLogOf(object, withTexts);
		const key = String(log.fields.id ?? nameOf(text));
		return { item: { at: place ?? `log ${key}`, entry: log, key }, log, isJson };
	}
	const spoilt = text === undefined ? "longer than a line may be" : isJson ? "no JSON object" : "not JSON";
	const kept = withTexts && text !== undefined ? { text } : {};
	return { item: { at: place ?? `a line of an export, ${nameOf(text)}`, spoilt, ...kept }, log: undefined, isJson };
}

/** Undefined where it is no JSON. The parser's own words are not passed on: they quote the line. */
function parsed(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The same line of the next export, whose window begins elsewhere, has to be the same dead letter. */
function nameOf(text: string | undefined): string {
	return hash("sha256", text ?? "", "hex").slice(0, 12);
}
