/** Does a source keep its promises? The suite that every source is put through. */
export { describeSource } from "./describe-source.ts";
export type { SourceFixture, World } from "./world.ts";
