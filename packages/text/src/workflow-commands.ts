// The runner compares words the way of its culture: it does not see what is invisible, so we look through it too.
const unseen = "[\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}]*";
const command = new RegExp(`^([\\s\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}]*:)${unseen}:`, "gmu");
const oldCommand = new RegExp(`#${unseen}#${unseen}\\[`, "gu");

/**
 * Text in which the runner of GitHub Actions finds no command: `::name::` at the beginning of a line, `##[name]`
 * anywhere. A space then stands inside; everything else stays.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function disarmWorkflowCommands(text: string): string {
	return text.replace(command, "$1 :").replace(oldCommand, "## [");
}
