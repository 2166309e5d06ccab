/** The questions of the switch software of DCN, which other vendors sell under their names (Qtech, SNR). */
export const dcnQuestions: readonly string[] = [
  String.raw`^Confirm to overwrite .{1,80}$`,
  String.raw`\(y/n\)\? ?\[n\] ?$`,
  String.raw`\[Y/N\]:? ?$`,
];

/** Its errors: the shell's own, as the configuration guides list them, and the parser's. */
export const dcnRefusals: readonly string[] = [
  '^% ?(?:Invalid input detected|Unrecognized command|Ambiguous command|Incomplete command|Unknown command)',
  '^(?:Unrecognized command or illegal parameter|Ambiguous command|Incomplete command|Invalid command or parameter)',
  '^(?:This command is not exist in current mode|Please configure precursor command )',
  '^syntax error ?: missing ',
];
