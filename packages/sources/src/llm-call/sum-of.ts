import { textOf } from "../json/json-object.ts";

/** The sum of those figures that are there, as text; undefined where none is. One that is no number is handed on as it is. */
export function sumOf(...figures: readonly unknown[]): string | undefined {
	const texts = figures.map(textOf).filter((text) => text !== undefined);
	if (texts.length === 0) return undefined;
	return texts.find((text) => Number.isNaN(Number(text))) ?? String(texts.reduce((sum, text) => sum + Number(text), 0));
}
