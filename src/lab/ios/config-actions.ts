import { decoyHash } from './base-config.js';
import type { Grammar } from './grammar.js';
import { isVirtual } from './interfaces.js';
import { type ConfigAction, type ExecAction, type IosSession, NOTHING } from './session.js';

/** Enters the mode in which lines belong to a section; the section is there from then on. */
export function enterSection(
  session: IosSession,
  { section, name, grammar }: { section: string; name: string; grammar: Grammar<ConfigAction> },
): void {
  session.device.running.open(section);
  session.mode = { name, section, grammar, parent: session.mode?.parent ?? session.mode };
}

export const toExec: ExecAction = (session) => {
  session.mode = undefined;
  return NOTHING;
};

/** From an interface or its like to `(config)#`, and from there to exec. */
export const leave: ExecAction = (session) => {
  session.mode = session.mode?.parent;
  return NOTHING;
};

export const hostname: ExecAction = ({ device }, { args }) => {
  const [name = ''] = args;
  if (!/^[A-Za-z0-9_][\w.-]*$/.test(name)) return ['% Hostname contains one or more illegal characters.', ''];
  device.running.set(`hostname ${name}`, { replaces: 'hostname' });
  return NOTHING;
};

/** The new secret counts at once; the configuration shows a hash that tells nothing about it. */
export const enableSecret: ExecAction = ({ device }, { args }) => {
  const [given = ''] = args;
  const secret = given.replace(/^0 /, '');
  device.changeSecret(secret);
  device.running.set(`enable secret ${decoyHash(`${device.profile.name} ${Date.now()}`)}`, {
    replaces: 'enable secret',
  });
  return NOTHING;
};

export const enterInterface =
  (grammar: () => Grammar<ConfigAction>): ExecAction =>
  (session, { args }) => {
    const [name = ''] = args;
    const section = `interface ${name}`;
    if (!session.device.running.has(section) && !isVirtual(name)) {
      return ['% Invalid interface type and number', ''];
    }
    enterSection(session, { section, name: 'config-if', grammar: grammar() });
    return NOTHING;
  };

/** The text goes on until the character that it began with comes again, on this line or a later one. */
export const banner: ExecAction = async (session, { words, args }) => {
  const [text = ''] = args;
  const kind = words.slice(0, 2).join(' ');
  const delimiter = text.startsWith('^C') ? '^C' : text.slice(0, 1);
  const lines = [text.slice(delimiter.length)];
  if (!lines[0]?.includes(delimiter)) {
    session.tty.print(`Enter TEXT message.  End with the character '${delimiter}'.\r\n`);
    for (let last = ''; !last.includes(delimiter); lines.push(last)) {
      const { line, end } = await session.tty.readLine();
      if (end === 'abort') return NOTHING;
      last = line;
    }
  }
  const whole = lines.join('\n');
  const said = whole.slice(0, whole.indexOf(delimiter)).replace(/^\n|\n$/g, '');
  session.device.running.set(`${kind} ^C${said}^C`, { replaces: kind });
  return NOTHING;
};
