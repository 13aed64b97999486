import { setting } from "@tidemark/core";
import { z } from "zod";

export const otlpSettings = z.object({
	paths: setting(z.array(z.string()).default([]), {
		env: "OTLP_PATH",
		flag: "path",
		value: "<file>",
		words:
			"OpenTelemetry as OTLP/JSON, as a collector's file exporter writes it: spans of generative AI, and Claude Code's events; files, folders, globs, gzip too.",
		positional: true,
		many: true,
	}),
});

export type OtlpConfig = z.infer<typeof otlpSettings>;
