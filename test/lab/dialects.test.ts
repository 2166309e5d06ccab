import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sshShell, type Talk, telnetTalk, temporaryLab } from './clients.js';
import { dialectsInEveryManner, type Manner } from './dialect-manners.js';

/** What a terminal shows nothing for. */
const UNSEEN = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[78]|\x07/g;
const COLOUR = '(?:\\x1b(?:\\[[0-?]*[@-~]|[78]))*';
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A prompt as the last thing on the line, however it is painted. */
function promptPattern(prompt: string): RegExp {
  const painted = (text: string): string => [...text].map(escaped).join(COLOUR);
  const seen = prompt.split('…').map(painted).join('[^\\n]*?');
  return new RegExp(`(?:^|[\\r\\n\\b]|\\x1b\\[[\\d;]*[DH])${COLOUR}${seen}${COLOUR}\\s*${COLOUR}$`);
}

/** A pager's prompt as the last thing that came, at the beginning of its line. */
const pagerPattern = (prompt: string): RegExp =>
  new RegExp(`(?:^|[\\r\\n]|\\x1b\\[[\\d;]*[DH])${escaped(prompt.replaceAll('\n', '\r\n'))}$`);

/** A person at the terminal of one device: types lines, and reads until the prompt that should come. */
class Person {
  readonly talk: Talk;
  prompt: string;

  constructor(talk: Talk, prompt: string) {
    this.talk = talk;
    this.prompt = prompt;
  }

  /** Types lines, and returns what stands on the screen behind the last when the prompt is there again. */
  async types(lines: readonly string[], prompt = this.prompt): Promise<string> {
    if (lines.length === 0) return '';
    for (const [index, line] of lines.entries()) {
      this.talk.send(`${line}\r`);
      // Answers to questions are typed at no prompt: only behind the last line one must come.
      if (index < lines.length - 1) await this.talk.until(/[^\s]\s*$/);
    }
    const answer = await this.talk.until(promptPattern(prompt));
    this.prompt = prompt;
    return answer.replace(UNSEEN, '');
  }
}

async function lab({ dialect, variant }: Manner, transport: 'ssh' | 'telnet', clock?: () => number) {
  const settings = { name: 'edge-1', platform: dialect.name, variant, transport, clock };
  return temporaryLab({ devices: [settings] });
}

/** Logs in over telnet, and returns when the first prompt is there. */
async function telnetLogin({ dialect }: Manner, first: Parameters<typeof telnetTalk>[0], password = first.password) {
  const talk = await telnetTalk(first);
  const { login, examples } = dialect;
  if (examples.first !== undefined) {
    await talk.until(/\S\s*$/);
    talk.send(examples.first);
  }
  await answerLogin(talk, { login, username: first.username, password });
  return talk;
}

/** Answers the questions of the login dialogue, each when it is asked. */
async function answerLogin(
  talk: Talk,
  { login, username, password }: { login: Manner['dialect']['login']; username: string; password: string },
): Promise<void> {
  const asked = (question: string): string => question.replaceAll('\n', '\r\n').replaceAll('{host}', 'edge-1');
  if (login.username !== undefined) {
    await talk.until(asked(login.username));
    talk.send(`${username}\r`);
  }
  await talk.until(asked(login.password));
  talk.send(`${password}\r`);
}

async function telnetPerson(manner: Manner, first: Parameters<typeof telnetTalk>[0]): Promise<Person> {
  const talk = await telnetLogin(manner, first);
  return atFirstPrompt(manner, talk);
}

async function atFirstPrompt({ dialect: { examples } }: Manner, talk: Talk): Promise<Person> {
  if (examples.after !== undefined) {
    await talk.until(/\S\s*$/);
    talk.send(examples.after);
  }
  await talk.until(promptPattern(examples.prompt));
  return new Person(talk, examples.prompt);
}

async function sshPerson(manner: Manner, first: Parameters<typeof sshShell>[0]): Promise<Person> {
  const { login } = manner.dialect;
  const acknowledgements = Object.fromEntries((login.ssh?.acknowledge ?? []).map((one) => [one.prompt, one.answer]));
  const tryKeyboard = login.ssh?.acknowledge !== undefined;
  const talk = await sshShell(first, {
    window: { rows: 24, cols: 200 },
    acknowledgements,
    tryKeyboard,
    ...(tryKeyboard ? { password: undefined } : {}),
  });
  if (login.ssh?.asksInShell) {
    await answerLogin(talk, { login, username: first.username, password: first.password });
  }
  return atFirstPrompt(manner, talk);
}

describe.concurrent.each(dialectsInEveryManner())('$label', (manner) => {
  const { examples, login, pager } = manner.dialect;
  const { configure, long, pagingOff } = examples;
  const { discard, confirmed, save } = configure ?? {};

  test('asks for name and password on a telnet line, and says when they are wrong', async () => {
    await using stage = await lab(manner, 'telnet');
    const talk = await telnetLogin(manner, stage.first, 'wrong');
    const says = [login.failure]
      .flat()
      .map(String)
      .join('\r\n')
      .split(/\r?\n/)
      .find((line) => line.trim() !== '');
    await talk.until(says ?? '');
    talk.close();
    const person = await telnetPerson(manner, stage.first);
    expect(await person.types([examples.show.send])).toContain(examples.show.holds);
    expect(stage.lab.counters).toMatchObject({ logins: 1, refusedLogins: 1 });
  });

  test('closes the line after the last wrong password', async () => {
    await using stage = await lab(manner, 'telnet');
    const talk = await telnetLogin(manner, stage.first, 'wrong');
    for (let tried = 1; tried < (login.tries ?? 3); tried++) {
      await answerLogin(talk, { login, username: 'nobody', password: 'wrong' });
    }
    await talk.end();
    expect(stage.lab.counters).toMatchObject({ logins: 0, refusedLogins: login.tries ?? 3 });
  });

  test('answers a command over SSH, and refuses one that is none', async () => {
    await using stage = await lab(manner, 'ssh');
    const person = await sshPerson(manner, stage.first);
    expect(await person.types([examples.show.send])).toContain(examples.show.holds);
    expect(await person.types([examples.unknown.send])).toContain(examples.unknown.holds);
  });

  if (long !== undefined && pager !== undefined) {
    test('stops after a page, goes on, and can be told not to stop', async () => {
      await using stage = await lab(manner, 'ssh');
      const person = await sshPerson(manner, stage.first);
      person.talk.send(`${long.send}\r`);
      expect(await person.talk.until(pagerPattern(pager.prompt))).toContain(long.first);
      // Nothing more comes by itself: whatever arrived belongs to what was there before the key.
      person.talk.send((pager.quit ?? ['q'])[0] ?? 'q');
      expect(await person.talk.until(promptPattern(examples.prompt))).not.toContain(long.last);
      person.talk.send(`${long.send}\r`);
      const pages = await everyPage(person, pager);
      expect(pages.text).toContain(long.last);
      expect(pages.count).toBeGreaterThan(1);
      if (pagingOff === undefined) return;
      await person.types(pagingOff);
      const whole = await person.types([long.send]);
      expect(whole.split(/[\r\n]+/).filter((line) => line.startsWith(pager.prompt))).toEqual([]);
      expect(whole).toContain(long.last);
    });
  }

  if (configure !== undefined) {
    test('takes configuration, shows it, refuses what is none', async () => {
      await using stage = await lab(manner, 'ssh');
      const person = await inConfiguration(manner, await sshPerson(manner, stage.first));
      expect(await person.types([configure.refused.send])).toContain(configure.refused.holds);
      for (const line of configure.lines) await person.types([line]);
      if (configure.commit !== undefined) {
        expect(await person.types([configure.commit.send])).toContain(configure.commit.holds);
      }
      await shows(manner, person, configure.show.holds);
    });
  }

  if (configure !== undefined && discard !== undefined) {
    test('drops what is not committed', async () => {
      await using stage = await lab(manner, 'ssh');
      const person = await inConfiguration(manner, await sshPerson(manner, stage.first));
      for (const line of configure.lines) await person.types([line]);
      await person.types(discard);
      await shows(manner, person, configure.show.holds, 'not');
    });
  }

  if (configure !== undefined && confirmed !== undefined) {
    test('takes a commit back that nobody confirmed in time', async () => {
      let now = Date.now();
      for (const wait of [true, false]) {
        await using stage = await lab(manner, 'ssh', () => now);
        const person = await inConfiguration(manner, await sshPerson(manner, stage.first));
        for (const line of configure.lines) await person.types([line]);
        expect(await person.types([confirmed.send])).toContain(confirmed.holds);
        now += confirmed.afterMs - 1;
        if (!wait) await person.types([confirmed.confirm]);
        now += 1;
        await shows(manner, person, configure.show.holds, wait ? 'not' : 'there');
      }
    });
  }

  if (save !== undefined) {
    test('keeps the configuration for the next start', async () => {
      await using stage = await lab(manner, 'ssh');
      const person = await enabled(manner, await sshPerson(manner, stage.first));
      expect(await person.types(save.send)).toContain(save.holds);
    });
  }

  test('ends the session when it is told to', async () => {
    await using stage = await lab(manner, 'ssh');
    const person = await sshPerson(manner, stage.first);
    for (const line of examples.exit) person.talk.send(`${line}\r`);
    await person.talk.end();
    // The line's end reaches the device's books a moment later.
    const deadline = Date.now() + 5000;
    while (stage.lab.counters.connected > 0 && Date.now() < deadline) await after(5);
    expect(stage.lab.counters.connected).toBe(0);
  });
});

async function everyPage(person: Person, { prompt, page = [' '] }: NonNullable<Manner['dialect']['pager']>) {
  const end = promptPattern(person.prompt);
  let text = '';
  for (let count = 0; ; count++) {
    const part = await person.talk.until(new RegExp(`${pagerPattern(prompt).source}|${end.source}`));
    text += part;
    if (!part.endsWith(prompt)) return { text, count };
    person.talk.send(page[0] ?? ' ');
  }
}

/** Goes to where configuration begins, with the pager off. */
async function enabled({ dialect: { examples } }: Manner, person: Person): Promise<Person> {
  if (examples.enable !== undefined) await person.types(examples.enable.send, examples.enable.prompt);
  if (examples.pagingOff !== undefined) await person.types(examples.pagingOff);
  return person;
}

async function inConfiguration(manner: Manner, person: Person): Promise<Person> {
  const { configure } = manner.dialect.examples;
  await enabled(manner, person);
  if (configure !== undefined) await person.types(configure.enter, configure.prompt);
  return person;
}

/** Leaves configuration mode where the dialect shows it from outside, and looks. */
async function shows(
  { dialect: { examples } }: Manner,
  person: Person,
  texts: readonly string[],
  there: 'there' | 'not' = 'there',
): Promise<void> {
  const { configure } = examples;
  if (configure === undefined) return;
  if (configure.show.from === 'rest') await person.types(configure.leave, examples.enable?.prompt ?? examples.prompt);
  const shown = await person.types([configure.show.send]);
  for (const text of texts) {
    if (there === 'there') expect(shown).toContain(text);
    else expect(shown).not.toContain(text);
  }
}
