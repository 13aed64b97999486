import { writeFile } from "node:fs/promises";
import { measureProcess } from "./measured-process.ts";

/**
 * The yardstick: psql's own `\copy` into a staging table and one INSERT … SELECT … ON CONFLICT into a table like ours.
 * It fills the same columns: the same primary key with the same kind of identity, a phase out of the notes, a cost out of
 * the tokens. It checks nothing and prices every model alike. Answers seconds for the whole process.
 */
export async function measurePsql(url: string, csv: string): Promise<number> {
	const script = `${csv}.sql`;
	await writeFile(script, scriptFor(csv));
	const { seconds } = await measureProcess(
		"psql",
		[url, "--quiet", "--set=ON_ERROR_STOP=1", `--file=${script}`],
		{},
		"/",
	);
	return seconds;
}

const scriptFor = (csv: string) => `
SET client_min_messages = warning;
CREATE TABLE IF NOT EXISTS yardstick (LIKE llm_calls INCLUDING ALL);
TRUNCATE yardstick;
CREATE TEMP TABLE staging (timestamp text, model text, prompt_tokens text, completion_tokens text,
	task_success text, task_type text, duration_ms text, notes text);
\\copy staging FROM '${csv}' WITH (FORMAT csv, HEADER)
INSERT INTO yardstick (timestamp, source, source_id, model, input_tokens, output_tokens, total_tokens, success,
	prompt_name, duration_ms, notes, phase, estimated_cost, price_version, ingested_at, changed_at)
SELECT timestamp::timestamptz, 'csv', substr(md5(staging::text), 1, 22), model, prompt_tokens::bigint,
	completion_tokens::bigint, prompt_tokens::bigint + completion_tokens::bigint, task_success::boolean,
	task_type, duration_ms::float8, notes, substring(notes FROM '(?i)\\mphase \\d+'),
	(prompt_tokens::numeric * 2.5 + completion_tokens::numeric * 10) / 1000000, 'one price for all', now(), now()
FROM staging
ON CONFLICT (timestamp, source, source_id) DO UPDATE SET model = excluded.model;
`;
