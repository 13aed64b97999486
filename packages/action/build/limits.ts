/** A larger bundle would make every run wait for its download. */
const maxBytes = 5_500_000;

/** What a step that ends with its runner does not need, by the path of a bundled file. */
const unwanted = {
	"a server": /node_modules\/(fastify|@fastify\/[^/]+|express|koa|hono|@hono\/[^/]+|@hapi\/hapi)\/|^packages\/server\//,
	"the embedded database": /node_modules\/@electric-sql\/pglite\//,
	"a DOM library": /node_modules\/(jsdom|linkedom|happy-dom|domino)\//,
	"a native module": /\.node$|node_modules\/(bindings|node-gyp-build)\//,
};

/**
 * Checks what a runner downloads and starts.
 * @param inputs the bundled files, as paths with slashes
 * @throws Error naming everything that is too large or does not belong into the bundle
 */
export function checkLimits(script: string, inputs: readonly string[]): void {
	const bytes = Buffer.byteLength(script);
	const faults = Object.entries(unwanted).flatMap(([what, path]) => {
		const found = inputs.find((input) => path.test(input));
		return found === undefined ? [] : [`It contains ${what}: ${found}.`];
	});
	if (bytes > maxBytes) faults.push(`It has ${bytes} bytes; at most ${maxBytes} are allowed.`);
	if (faults.length > 0) throw new Error(`The Action's bundle exceeds its limits. ${faults.join(" ")}`);
}
