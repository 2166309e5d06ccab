import type { LoginData } from '../dialogue-data.js';

/** What nearly every device asks at login; refusals are those of login(1), IOS, and FRRouting's vty. */
export const commonLogin: LoginData = {
  // The whole line: a banner may end in these words, `Last login: ` comes after a login, and a new or one-time password
  // is another one than ours.
  username: String.raw`^(?:(?:please )?enter login name|user ?name|login|user|(?!last )\S+ login)\s?: ?$`,
  password: String.raw`^(?:(?:\S+'s|login|line|user|vty|please enter) )?password(?: for \S+)?\s?: ?$`,
  refusals: [
    String.raw`^% (?:Login invalid|Authentication failed|Bad passwords|Access denied)`,
    String.raw`^Login incorrect`,
    String.raw`^(?:Authentication|Login) (?:failed|failure)[.!]?$`,
    String.raw`^Permission denied`,
  ],
};

/** Questions that wait for a yes, a no or an Enter. */
export const commonQuestions: readonly string[] = [
  String.raw`\[confirm\] ?$`,
  String.raw`[[(](?:yes/no|y/n|yes/no/cancel|y/n/c)[\])](?: ?\[[^\]]*\])? ?[:?]? ?$`,
  String.raw`\[(?:no|yes)\] ?[:?] ?$`,
  String.raw`(?:^|\s)password[^:]*: ?$`,
  String.raw`\]\? ?$`,
];
