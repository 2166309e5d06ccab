/** The plain facts about a simulated device that somebody needs to reach it. */
export interface SimulatedDevice {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** netmiko's name of the device type: `cisco_ios`, or `cisco_ios_telnet` where that is how it is reached. */
  readonly platform: string;
  readonly username: string;
  readonly password: string;
  /** The enable secret; an empty one means that the device has none. */
  readonly secret: string;
}

/** Words that YAML 1.1 takes for something else than text. */
const NOT_TEXT = /^(y|yes|n|no|on|off|true|false|null)$/i;

/** A JSON string is a YAML string: what is not plainly a word is written as one. */
const scalar = (text: string): string =>
  (/^[A-Za-z][\w.-]*$/.test(text) && !NOT_TEXT.test(text)) || /^\d+\.\d+\.\d+\.\d+$/.test(text)
    ? text
    : JSON.stringify(text);

/** What the loader of inventories looks for, which warns of real passwords in plain text. */
const MARK = '# Written by `rollcall/lab`: the devices are simulated, and their passwords no secrets.';

/** Returns the inventory of these devices as YAML: a list under `routers`, each with netmiko's arguments. */
export function inventoryText(devices: readonly SimulatedDevice[]): string {
  const lines = devices.flatMap(({ name, host, port, platform, username, password, secret }) => [
    `- name: ${scalar(name)}`,
    `  device_type: ${scalar(platform)}`,
    `  host: ${scalar(host)}`,
    `  port: ${port}`,
    `  username: ${scalar(username)}`,
    `  password: ${scalar(password)}`,
    ...(secret === '' ? [] : [`  secret: ${scalar(secret)}`]),
  ]);
  return `${[MARK, 'routers:', ...lines].join('\n')}\n`;
}
