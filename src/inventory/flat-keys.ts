import type { Credential, Device, JumpSettings, SshSettings } from './device.js';
import { given } from './given.js';
import { SERIAL_KEY } from './keys.js';

const PARITIES = { none: 'N', even: 'E', odd: 'O', mark: 'M', space: 'S' } as const;

/** Returns what a device is in the keys of a file, without its name, groups and data: what `readDevice` reads, backwards. */
export function flatKeys(device: Device): Readonly<Record<string, unknown>> {
  const { transport, serial, route = {}, timeouts, terminalServer } = device;
  return given({
    host: transport === 'serial' ? undefined : device.host,
    device_type: device.platform,
    transport,
    port: device.port,
    username: device.username,
    password: device.password,
    secret: device.secret,
    ...sshKeys(device.ssh),
    jump: route.jump?.map(jumpKeys),
    proxy_command: route.proxyCommand,
    socks: route.socks,
    source_address: route.sourceAddress,
    network_device: route.networkDevice,
    address_family: route.addressFamily,
    command: device.command,
    credentials: device.credentials?.map(credentialKeys),
    terminal_server: terminalServer,
    conn_timeout: seconds(timeouts?.connectMs),
    read_timeout_override: seconds(timeouts?.idleMs),
    encoding: device.encoding,
    context: device.context,
    console: device.console,
    [SERIAL_KEY]:
      transport === 'serial'
        ? given({
            port: device.host,
            baudrate: serial?.baudRate,
            bytesize: serial?.dataBits,
            parity: serial?.parity && PARITIES[serial.parity],
            stopbits: serial?.stopBits,
          })
        : undefined,
  });
}

function sshKeys(ssh: SshSettings = {}): Readonly<Record<string, unknown>> {
  return given({
    use_keys: ssh.useKeys,
    key_file: ssh.keyFile,
    passphrase: ssh.passphrase,
    certificate_file: ssh.certificateFile,
    identities_only: ssh.identitiesOnly,
    allow_agent: ssh.allowAgent,
    agent_socket: ssh.agentSocket,
    host_key_alias: ssh.hostKeyAlias,
    legacy_algorithms: ssh.legacyAlgorithms,
    keepalive: seconds(ssh.keepaliveMs),
    ssh_config_file: ssh.configFile,
  });
}

const jumpKeys = ({ ssh, ...jump }: JumpSettings): unknown => ({ ...jump, ...sshKeys(ssh) });
const credentialKeys = ({ ssh, ...credential }: Credential): unknown => ({ ...credential, ...sshKeys(ssh) });
const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);
