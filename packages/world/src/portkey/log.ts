/** One log as the service holds it. */
export interface PortkeyLog {
	/** When it was made, in milliseconds since 1970; windows go by it. */
	readonly at: number;
	readonly fields: Readonly<Record<string, unknown>>;
	/** Written instead of the fields: a broken line. */
	readonly text?: string;
	/** Units are written as 12.0. */
	readonly hasFloatUnits?: boolean;
}

/** A line of an export: the fields that were asked for, and `request_details`, which nobody asks for. */
export function formatLine(log: PortkeyLog, requested: readonly string[]): string {
	if (log.text !== undefined) return log.text;
	const asked = requested.filter((name) => name in log.fields).map((name) => [name, log.fields[name]]);
	const line = JSON.stringify({ ...Object.fromEntries(asked), request_details: log.fields.request_details });
	return log.hasFloatUnits ? line.replace(/("(?:req|res|total)_units":\d+)(?=[,}])/g, "$1.0") : line;
}

/** `Sat Jul 25 2026 11:14:18 GMT+0000 (Coordinated Universal Time)`, the form of times in the service's exports. */
export function formatDateText(ms: number): string {
	const [, day = "", date = "", month = "", year = "", time = ""] =
		/^(\w{3}), (\d{2}) (\w{3}) (\d{4}) (\S+) GMT$/.exec(new Date(ms).toUTCString()) ?? [];
	return `${day} ${month} ${date} ${year} ${time} GMT+0000 (Coordinated Universal Time)`;
}
