// Parsed by every Node, so that an old one gets a sentence instead of a SyntaxError: nothing is imported before the check.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 20 || (major === 20 && minor >= 12)) {
	const { start } = await import("./start.ts");
	process.exitCode = await start();
} else {
	console.error(
		`Tidemark needs Node 20.12 or newer (20, 22 and 24 are tested); this is Node ${process.versions.node}.`,
	);
	process.exitCode = 1;
}
