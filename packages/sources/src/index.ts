/** Where does it come from? The list of sources, in the order in which `ingest all` runs them. */
import { type DefinedSource, defineSource } from "@tidemark/core";
import { csv } from "./csv/source.ts";

export const sources: readonly DefinedSource[] = [defineSource(csv)];
