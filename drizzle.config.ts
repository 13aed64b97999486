import { defineConfig } from "drizzle-kit";

// drizzle describes the tables and writes the migrations; at run time the generated lists are used
// (docs/decisions/0002-drizzle-describes.md).
export default defineConfig({
	dialect: "postgresql",
	casing: "snake_case",
	schema: "./packages/db/src/schema/*.ts",
	out: "./packages/db/src/migrations",
	migrations: { schema: "public", table: "tidemark_migrations" },
});
