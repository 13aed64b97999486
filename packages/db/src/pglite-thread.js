// @ts-check
// Plain JavaScript, because a thread begins without the loaders that read TypeScript.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

/** @typedef {{ id: number, text?: string, parameters?: unknown[] }} Request A request without a text closes the database. */

/** @type {{ directory?: string, content?: Uint8Array<ArrayBuffer>, textTypes: number[] }} */
const { directory, content, textTypes } = workerData;

/** What the other thread reads by itself is left as text. */
const parsers = Object.fromEntries(textTypes.map((type) => [type, (/** @type {string} */ text) => text]));

const opening = PGlite.create({
	...(directory !== undefined && { dataDir: directory }),
	...(content !== undefined && { loadDataDir: new Blob([content]) }),
});

parentPort?.on("message", async (/** @type {Request} */ { id, text, parameters }) => {
	try {
		const pglite = await opening;
		if (text === undefined) {
			await pglite.close();
			parentPort?.postMessage({ id, rows: [], fields: [] });
		} else {
			const { rows, fields } = await pglite.query(text, parameters, { parsers });
			parentPort?.postMessage({ id, rows, fields });
		}
	} catch (error) {
		parentPort?.postMessage({ id, error: toPlain(error) });
	}
});

/**
 * An error loses its own properties on the way between threads. Its file system throws objects without a message.
 * @param {unknown} error
 */
function toPlain(error) {
	const own = typeof error === "object" && error !== null ? Object.entries(error) : [];
	const words = own.filter(([, value]) => typeof value === "string" || typeof value === "number");
	return { ...Object.fromEntries(words), message: error instanceof Error ? error.message : undefined };
}
