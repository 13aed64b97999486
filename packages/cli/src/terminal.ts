/** Where a command prints to. */
export interface Terminal {
	/** Results: what a pipe receives. */
	print(text: string): void;
	/** Everything else: warnings, progress. */
	note(text: string): void;
	/** Replaces the last line of progress; empty text clears it. Does nothing where nobody watches. */
	status(text: string): void;
	/** Columns. */
	readonly width: number;
	readonly hasColor: boolean;
}

interface Streams {
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Leaves secrets out of a text. */
	redact(text: string): string;
}

const usualWidth = 80;

/** The terminal of this process. NO_COLOR (https://no-color.org) and narrow windows are respected. */
export function terminalOf({ stdout, stderr, environment, redact }: Streams): Terminal {
	let statusShown = false;
	const clearStatus = () => {
		if (statusShown) stderr.write("\r\u001b[K");
		statusShown = false;
	};
	const width = stdout.columns || Number(environment.COLUMNS) || usualWidth;
	return {
		print(text) {
			clearStatus();
			stdout.write(`${redact(text)}\n`);
		},
		note(text) {
			clearStatus();
			stderr.write(`${redact(text)}\n`);
		},
		status(text) {
			if (!stderr.isTTY) return;
			clearStatus();
			if (text) stderr.write(redact(text).slice(0, (stderr.columns ?? usualWidth) - 1));
			statusShown = text !== "";
		},
		width,
		hasColor: stdout.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb",
	};
}
