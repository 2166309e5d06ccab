import { byName } from './interfaces.js';

/** The order in which IOS prints what stands outside of any section; what is not listed comes before `line`. */
const ORDER = [
  'version',
  'service',
  'no service',
  'hostname',
  'boot',
  'enable',
  'aaa',
  'clock',
  'no ip domain',
  'ip domain',
  'ip name-server',
  'ip host',
  'username',
  '<sections>',
  'ip forward-protocol',
  'no ip http',
  'ip http',
  'ip route',
  'ip',
  'logging',
  'access-list',
  'snmp-server',
  '',
  'banner',
  '<lines>',
  'ntp',
] as const;

const rankOf = (line: string): number =>
  ORDER.findIndex((start) => start === '' || line === start || line.startsWith(`${start} `));

/** A configuration: lines, and sections that hold lines (`interface …`, `router …`). */
export class Configuration {
  #lines: string[] = [];
  readonly #sections = new Map<string, string[]>();

  /** Reads what `render` prints. */
  static parse(text: string): Configuration {
    const configuration = new Configuration();
    let section: string | undefined;
    // A banner holds line feeds; it ends at its second ^C.
    for (const [line] of text.matchAll(/^banner \w+ \^C[\s\S]*?\^C$|^.*$/gm)) {
      if (line === '!' || line === '' || line === 'end') section = undefined;
      // Printed for an interface that has none, and nothing to remember.
      else if (line === ' no ip address') continue;
      else if (line.startsWith(' ')) configuration.set(line.trim(), { section });
      else if (
        /^(interface|router|line|vlan|vrf definition|route-map|class-map|policy-map|ip access-list) /.test(line)
      ) {
        section = line;
        configuration.open(section);
      } else configuration.set(line);
    }
    return configuration;
  }

  /** Adds a line; one that begins with `replaces` (and the line itself) goes away. */
  set(line: string, { section, replaces = line }: { section?: string | undefined; replaces?: string } = {}): void {
    this.remove(replaces, section);
    this.#in(section).push(line);
  }

  /** Removes the lines that are, or begin with, these words; returns how many there were. */
  remove(words: string, section?: string): number {
    const lines = this.#in(section);
    const kept = lines.filter((line) => line !== words && !line.startsWith(`${words} `));
    const removed = lines.length - kept.length;
    if (section === undefined) this.#lines = kept;
    else this.#sections.set(section, kept);
    return removed;
  }

  open(section: string): void {
    if (!this.#sections.has(section)) this.#sections.set(section, []);
  }

  removeSection(section: string): boolean {
    return this.#sections.delete(section);
  }

  has(section: string): boolean {
    return this.#sections.has(section);
  }

  lines(section?: string): readonly string[] {
    return section === undefined ? this.#lines : (this.#sections.get(section) ?? []);
  }

  /** Returns what follows these words on the first line that begins with them. */
  value(words: string, section?: string): string | undefined {
    const line = this.lines(section).find((each) => each.startsWith(`${words} `));
    return line?.slice(words.length + 1);
  }

  get interfaces(): string[] {
    return [...this.#sections.keys()]
      .filter((section) => section.startsWith('interface '))
      .map((section) => section.slice('interface '.length))
      .sort(byName);
  }

  /** Returns the section as it is printed; an interface without an address says so. */
  renderSection(section: string): string[] {
    const lines = this.lines(section).filter((line) => line !== 'shutdown');
    const bare = section.startsWith('interface ') && !lines.some((line) => line.startsWith('ip address '));
    if (bare) lines.splice(lines[0]?.startsWith('description ') ? 1 : 0, 0, 'no ip address');
    if (this.lines(section).includes('shutdown')) lines.push('shutdown');
    return [section, ...lines.map((line) => ` ${line}`)];
  }

  /** Returns the configuration as `show running-config` prints it, without its heading. */
  render(): string[] {
    const printed: string[] = [];
    const interfaces = this.interfaces.map((name) => `interface ${name}`);
    const named = (...starts: string[]): string[] =>
      [...this.#sections.keys()].filter((section) => starts.some((start) => section.startsWith(`${start} `)));
    const last = named('line');
    const others = [...this.#sections.keys()].filter((each) => !interfaces.includes(each) && !last.includes(each));
    const sections = (names: readonly string[]): void => {
      for (const name of names) printed.push('!', ...this.renderSection(name));
    };
    for (const [rank, start] of ORDER.entries()) {
      if (start === '<sections>') sections([...interfaces, ...others]);
      if (start === '<lines>') sections(last);
      const lines = this.#lines.filter((line) => rankOf(line) === rank);
      if (lines.length > 0) printed.push('!', ...lines);
    }
    return [...printed, '!', 'end'].flatMap((line) => line.split('\n'));
  }

  #in(section: string | undefined): string[] {
    if (section === undefined) return this.#lines;
    this.open(section);
    return this.#sections.get(section) ?? [];
  }
}
