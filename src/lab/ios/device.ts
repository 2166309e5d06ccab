import type { DeviceProfile } from '../device.js';
import { baseConfiguration, type Facts, factsOf } from './base-config.js';
import { Configuration } from './configuration.js';

/** IOS shortens the host name in the prompt of a configuration mode. */
const LONGEST_NAME_IN_CONFIGURATION = 20;

/** One conversation, as the others of the same device see it. */
export interface Visitor {
  readonly username: string;
  readonly since: number;
  /** Closes the conversation, as a reload does. */
  drop(): void;
}

/** What one simulated router remembers between conversations. */
export class IosDevice {
  readonly profile: DeviceProfile;
  readonly facts: Facts;
  readonly visitors = new Set<Visitor>();
  running: Configuration;
  /** The saved configuration; undefined after `write erase`. */
  startup: string | undefined;
  startedAt: number;
  #secret: string;
  #savedSecret: string;

  constructor(profile: DeviceProfile) {
    this.profile = profile;
    this.facts = factsOf(profile);
    this.running = Configuration.parse(baseConfiguration(profile));
    this.startup = this.running.render().join('\n');
    // It has been up for some days and hours, each router for others.
    this.startedAt = Date.now() - (profile.number * 7919 + 100) * 60_000;
    this.#secret = profile.secret;
    this.#savedSecret = profile.secret;
  }

  get hostname(): string {
    return this.running.value('hostname') ?? 'Router';
  }

  /** The enable secret; an empty one where the configuration has none. */
  get secret(): string {
    return this.running.value('enable secret') === undefined ? '' : this.#secret;
  }

  /** Whether the running configuration is another one than the saved. */
  get modified(): boolean {
    return this.running.render().join('\n') !== this.startup;
  }

  changeSecret(secret: string): void {
    this.#secret = secret;
  }

  /** Returns the prompt of a mode: undefined is exec, `config-if` and its like are configuration modes. */
  prompt(privilege: 1 | 15, mode: string | undefined): string {
    if (mode === undefined) return `${this.hostname}${privilege === 15 ? '#' : '>'}`;
    return `${this.hostname.slice(0, LONGEST_NAME_IN_CONFIGURATION)}(${mode})#`;
  }

  save(): void {
    this.startup = this.running.render().join('\n');
    this.#savedSecret = this.#secret;
  }

  /** Starts again with the saved configuration; every conversation ends. */
  reload(): void {
    this.running = Configuration.parse(this.startup ?? 'hostname Router');
    this.#secret = this.#savedSecret;
    this.startedAt = Date.now();
    for (const visitor of [...this.visitors]) visitor.drop();
  }
}
