import { styleText } from "node:util";

export type Style = "bold" | "dim" | "cyan" | "green" | "yellow" | "red";

/** Gives a text a style, or leaves it as it is where nothing may be coloured. */
export type Paint = (style: Style, text: string) => string;

export function painter(color: boolean): Paint {
	// Whether a terminal wants colours is the caller's to judge; this is only how.
	return color ? (style, text) => (text ? styleText(style, text, { validateStream: false }) : text) : (_, text) => text;
}
