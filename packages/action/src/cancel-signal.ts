/**
 * Aborted where somebody cancels the workflow or its time is up: the page in flight is finished first. The runner sends
 * SIGINT, SIGTERM after 7.5 seconds, and ends the process 2.5 seconds later.
 */
export function cancelSignal(): AbortSignal {
	const controller = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => controller.abort());
	return controller.signal;
}
