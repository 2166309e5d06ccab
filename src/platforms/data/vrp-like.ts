import type { LoginData } from '../dialogue-data.js';
import { commonLogin, commonQuestions } from './common.js';

/** A name in the prompts of VRP and Comware. `[V200R009C00SPC500]` is a line of VRP's configuration, not a prompt. */
export const vrpHost = String.raw`(?<host>(?!V\d{3}R\d{3}C\d)[^\s<>[\]~*]{1,128})`;

/** What VRP and Comware ask: `[Y/N]`, with or without a colon, and the three answers of a candidate that is left. */
export const vrpQuestions: readonly string[] = [
  ...commonQuestions,
  String.raw`\[Y\(yes\)/N\(no\)(?:/C\(cancel\))?\] ?:? ?$`,
  String.raw`^(?:Info: )?Please input the file name ?\(.{1,60}\) ?\[.{0,120}\] ?: ?$`,
];

export const vrpLogin: LoginData = {
  ...commonLogin,
  refusals: [
    ...commonLogin.refusals,
    String.raw`^(?:Error: )?(?:Authentication fail|Username or password error|The (?:username or )?password is invalid|Login failed)`,
  ],
  wake: '\r',
};
