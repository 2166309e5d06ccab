import type { LoginData } from '../platform.js';

/** What nearly every device asks at login; refusals are those of login(1), IOS, and FRRouting's vty. */
export const commonLogin: LoginData = {
  // `Last login: ` is what comes after a login.
  username: String.raw`(?:^|\s)(?:user ?name|(?<!last )login|user)\s?: ?$`,
  password: String.raw`(?:^|\s)password[^:]*: ?$`,
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
