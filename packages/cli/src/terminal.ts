import type { Given, Reporter } from "@tidemark/core";
import { explainError, TelemetryError } from "@tidemark/db";
import { cleanPath, createRedactor, cutEnd, formatCount } from "@tidemark/text";

/** Where a command prints to. */
export interface Terminal {
	/** Prints results, which a pipe receives. They are never redacted: a figure or a name is what it is. */
	print(text: string): void;
	/** Prints everything else, such as errors and warnings, without secrets and without what steers a terminal. */
	note(text: string): void;
	/** Replaces the last line of progress, if somebody watches. */
	showStatus(text: string): void;
	/** Hides these secrets from now on. */
	hide(secrets: Iterable<string>): void;
	/** Leaves the secrets out of the words of an error that stand among results. */
	redact(text: string): string;
	/** Columns. */
	readonly width: number;
	readonly hasColor: boolean;
}

const usualWidth = 80;
const refreshMs = 200;

/** The terminal of this process. It respects NO_COLOR (https://no-color.org) and narrow windows. */
export function openTerminal(environment: Given["environment"]): Terminal {
	const { stdout, stderr } = process;
	let redactor = createRedactor([]);
	let isStatusShown = false;
	const clearStatus = () => {
		if (isStatusShown) stderr.write("\r\u001b[K");
		isStatusShown = false;
	};
	return {
		print(text) {
			clearStatus();
			stdout.write(`${text}\n`);
		},
		note(text) {
			clearStatus();
			stderr.write(`${cleanPath(redactor.redact(text))}\n`);
		},
		showStatus(text) {
			if (!stderr.isTTY) return;
			clearStatus();
			stderr.write(cutEnd(text, (stderr.columns ?? usualWidth) - 1));
			isStatusShown = true;
		},
		hide(secrets) {
			redactor = createRedactor(secrets);
		},
		redact: (text) => redactor.redact(text),
		width: stdout.columns || Number(environment.COLUMNS) || usualWidth,
		hasColor: stdout.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb",
	};
}

/** Says what went wrong, why, and what to do. An unexpected error also shows where it came from. */
export function printError(failure: unknown, { note }: Pick<Terminal, "note">): void {
	const error = explainError(failure);
	if (error instanceof TelemetryError) {
		note(`Error: ${error.message}`);
		if (error.why) note(`  Why: ${error.why}`);
		note(`  Fix: ${error.fix}`);
		return;
	}
	const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
	for (const line of `Error: ${words}`.split("\n")) note(line);
}

/** Shows how an ingestion goes: progress to a person at a terminal, and everywhere what is worth a line. */
export function createReporter(terminal: Terminal): Reporter {
	let shownAt = 0;
	return {
		info: (text) => terminal.note(text),
		warn: (text) => terminal.note(`Warning: ${text}`),
		progress({ source, target, read, elapsedMs }) {
			const now = performance.now();
			if (now - shownAt < refreshMs) return;
			shownAt = now;
			const rate = Math.round(read / Math.max(elapsedMs / 1000, 0.001));
			terminal.showStatus(`${source}  ${cleanPath(target)}  ${formatCount(read)} entries  ${formatCount(rate)}/s`);
		},
	};
}
