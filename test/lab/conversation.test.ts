import { expect, test } from 'vitest';
import { command, enabled, loggedIn, sshConnect, sshShell, telnetTalk, temporaryLab } from './clients.js';

const transports = ['ssh', 'telnet'] as const;

test.each(transports)('a session over %s: login, enable, a command, good-bye', async (transport) => {
  await using stage = await temporaryLab({ devices: 1, transport });
  const talk = await loggedIn(stage.first);
  expect(talk.all.endsWith('R1>')).toBe(true);
  talk.send('enable\r');
  await talk.until('enable\r\nPassword: ');
  talk.send('cisco\r');
  expect(await talk.until('#')).toBe('\r\nR1#');
  expect(await command(talk, 'terminal length 0')).toBe('');
  const [, time = '', date = ''] =
    /^\*(\d\d:\d\d:\d\d\.\d{3}) UTC (\w{3} \w{3} \d+ \d{4})\r\n$/.exec(await command(talk, 'show clock')) ?? [];
  expect(Math.abs(Date.parse(`${date} ${time} UTC`) - Date.now())).toBeLessThan(10_000);
  talk.send('exit\r');
  await talk.end();
  const { connections, logins, commands } = stage.lab.counters;
  expect({ connections, logins, commands }).toEqual({ connections: 1, logins: 1, commands: 4 });
  expect(stage.lab.commandsOf('R1')).toEqual(['enable', 'terminal length 0', 'show clock', 'exit']);
});

test('three wrong secrets are refused, and the mode stays', async () => {
  await using stage = await temporaryLab({ devices: 1, secret: 'different' });
  const talk = await loggedIn(stage.first);
  talk.send('enable\r');
  for (let tries = 0; tries < 3; tries++) {
    await talk.until('Password: ');
    talk.send('cisco\r');
  }
  expect(await talk.until('R1>')).toBe('\r\n% Bad secrets\r\n\r\nR1>');
  expect(talk.all).not.toContain('different');
  expect(talk.all.slice(talk.all.indexOf('enable'))).not.toContain('cisco');
});

test('a device without a secret says so', async () => {
  await using stage = await temporaryLab({ devices: 1, secret: '' });
  expect(await command(await loggedIn(stage.first), 'enable')).toBe('% No password set\r\n');
});

test('ssh refuses a wrong password, and takes the right one by keyboard-interactive too', async () => {
  await using stage = await temporaryLab({ devices: 1 });
  await expect(sshConnect(stage.first, { password: 'wrong' })).rejects.toThrow(
    'All configured authentication methods failed',
  );
  await expect(sshConnect(stage.first, { username: 'root' })).rejects.toThrow('authentication');
  expect(stage.lab.counters).toMatchObject({ logins: 0, refusedLogins: 2 });
  const { host, port, username } = stage.first;
  const { Client } = await import('./clients.js');
  const asked = await new Promise((resolve, reject) => {
    const client = new Client();
    client.on('keyboard-interactive', (_name, _text, _language, prompts, answer) => {
      answer(['cisco']);
      client.on('ready', () => {
        client.end();
        resolve(prompts);
      });
    });
    client
      .on('error', reject)
      .connect({ host, port, username, tryKeyboard: true, authHandler: ['keyboard-interactive'] });
  });
  expect(asked).toEqual([{ prompt: 'Password: ', echo: false }]);
});

test('telnet gives three tries and closes', async () => {
  await using stage = await temporaryLab({ devices: 1, transport: 'telnet' });
  const talk = await telnetTalk(stage.first);
  await talk.until('User Access Verification\r\n\r\nUsername: ');
  for (let tries = 0; tries < 3; tries++) {
    talk.send('cisco\r\n');
    await talk.until('cisco\r\nPassword: ');
    talk.send('wrong\r\n');
    await talk.until('\r\n% Login invalid\r\n');
  }
  await talk.end();
  expect(talk.all).not.toContain('wrong');
  expect(stage.lab.counters).toMatchObject({ refusedLogins: 3, logins: 0 });
});

test.each(transports)('configuration over %s is kept, shown, saved and lost by a reload', async (transport) => {
  await using stage = await temporaryLab({ devices: 1, transport });
  const talk = await enabled(stage.first);
  await command(talk, 'terminal length 0');
  expect(await command(talk, 'configure terminal')).toBe(
    'Enter configuration commands, one per line.  End with CNTL/Z.\r\n',
  );
  for (const line of [
    'int lo10',
    'description my own',
    'ip address 10.77.0.1 255.255.255.0',
    'logging 10.5.5.5',
    'ip route 10.9.0.0 255.255.0.0 nu0',
  ]) {
    expect(await command(talk, line)).toBe('');
  }
  talk.send('\x1a');
  expect(await talk.until('R1#')).toBe('^Z\r\nR1#');
  const running = await command(talk, 'show running-config');
  expect(running).toContain(
    '!\r\ninterface Loopback10\r\n description my own\r\n ip address 10.77.0.1 255.255.255.0\r\n!\r\n',
  );
  expect(running).toContain('\r\nlogging 10.5.5.5\r\n');
  expect(running).toContain('\r\nip route 10.9.0.0 255.255.0.0 Null0\r\n');
  expect(running).not.toContain('secret cisco');
  expect(await command(talk, 'sh ip int br | include Loopback10')).toMatch(
    /^Loopback10 +10\.77\.0\.1 +YES manual up +up +\r\n$/,
  );
  expect(await command(talk, 'show startup-config | include Loopback10')).toBe('');
  talk.send('copy running-config startup-config\r');
  await talk.until('Destination filename [startup-config]? ');
  talk.send('\r');
  await talk.until('Building configuration...\r\n[OK]\r\nR1#');
  expect(await command(talk, 'show startup-config | include Loopback10')).toBe('interface Loopback10\r\n');
  await command(talk, 'conf t');
  for (const line of [
    'no ip route 10.9.0.0 255.255.0.0',
    'interface Ethernet0/2',
    'no shutdown',
    'hostname core',
    'do show ip route | include Null0',
  ]) {
    talk.send(`${line}\r`);
    await talk.until(/\(config[\w-]*\)#$/);
  }
  talk.send('end\r');
  await talk.until('\r\ncore#');
  talk.send('reload\r');
  await talk.until('System configuration has been modified. Save? [yes/no]: ');
  talk.send('no\r');
  await talk.until('Proceed with reload? [confirm]');
  talk.send('\r');
  await talk.end();
  const again = await enabled(stage.first);
  expect(again.all.endsWith('R1#')).toBe(true);
  expect(await command(again, 'show running-config | section interface Ethernet0/2')).toBe(
    'interface Ethernet0/2\r\n no ip address\r\n shutdown\r\n',
  );
  expect(await command(again, 'show ip route | include Null0')).toBe(
    'S        10.9.0.0/16 is directly connected, Null0\r\n',
  );
});

test('a question of one key: no, and yes', async () => {
  await using stage = await temporaryLab({ devices: 1, privilege: 15 });
  const talk = await loggedIn(stage.first);
  talk.send('reload\r');
  await talk.until('[confirm]');
  talk.send('n');
  expect(await talk.until('#')).toBe('n\r\nR1#');
  talk.send('clear counters\r');
  await talk.until('Clear "show interface" counters on all interfaces [confirm]');
  talk.send('\r');
  expect(await talk.until('#')).toBe('\r\nR1#');
});

test('the name is shortened to 20 characters in configuration modes only', async () => {
  await using stage = await temporaryLab({ devices: [{ name: 'a-host-name-of-thirty-characte' }], privilege: 15 });
  const talk = await loggedIn(stage.first);
  talk.send('conf t\r');
  await talk.until('\r\na-host-name-of-thirt(config)#');
  talk.send('router ospf 1\r');
  await talk.until('\r\na-host-name-of-thirt(config-router)#');
  talk.send('\x03');
  await talk.until('^C\r\na-host-name-of-thirty-characte#');
});

test('ssh runs one command without a terminal', async () => {
  await using stage = await temporaryLab({ devices: 1 });
  const client = await sshConnect(stage.first);
  const output = await new Promise<string>((resolve, reject) => {
    client.exec('show ip interface brief', (error, channel) => {
      if (error) return reject(error);
      let text = '';
      channel.on('data', (bytes: Buffer) => {
        text += bytes.toString();
      });
      channel.on('close', () => resolve(text));
    });
  });
  expect(output).toMatch(/^\r\nInterface .*\r\n(.+\r\n)+$/);
  expect(output).not.toContain('R1>');
  client.end();
});

test('banner and motd are printed, each where it belongs', async () => {
  await using stage = await temporaryLab({ devices: [{ banner: 'no entry\n', motd: 'hello\nthere' }] });
  const { host, port, username, password } = stage.first;
  const { Client } = await import('./clients.js');
  const banner = await new Promise((resolve, reject) => {
    const client = new Client();
    client.on('error', reject).on('banner', (text) => {
      resolve(text);
      client.end();
    });
    client.connect({ host, port, username, password });
  });
  expect(String(banner).trim()).toBe('no entry');
  const talk = await sshShell(stage.first);
  expect(await talk.until('R1>')).toBe('hello\r\nthere\r\n\r\nR1>');
});

test('devices differ, and are the same every time', async () => {
  const seen = async () => {
    await using stage = await temporaryLab({ devices: 2, privilege: 15 });
    const texts = stage.lab.devices.map(async (device) => {
      const talk = await loggedIn(device);
      await command(talk, 'terminal length 0');
      return (await command(talk, 'show running-config')) + (await command(talk, 'show inventory'));
    });
    return await Promise.all(texts);
  };
  const [first, second] = [await seen(), await seen()];
  expect(first).toEqual(second);
  expect(first[0]).not.toBe(first[1]);
});

test('telnet has its banner before the login, and its prompt right after it', async () => {
  await using stage = await temporaryLab({ devices: [{ banner: 'no entry', motd: 'hello' }], transport: 'telnet' });
  const talk = await loggedIn(stage.first);
  expect(talk.all).toBe(
    '\r\nno entry\r\n\r\nUser Access Verification\r\n\r\nUsername: cisco\r\nPassword: \r\nhello\r\nR1>',
  );
});

test('a banner that is configured over several lines is shown, printed at login and survives a reload', async () => {
  await using stage = await temporaryLab({ devices: 1, privilege: 15 });
  const talk = await loggedIn(stage.first);
  await command(talk, 'conf t');
  talk.send('banner motd #\r');
  await talk.until("Enter TEXT message.  End with the character '#'.\r\n");
  talk.send('be good\ror else#\r');
  await talk.until('(config)#');
  await command(talk, 'end', /R1#$/);
  await command(talk, 'write memory');
  expect(await command(talk, 'show running-config | include banner|or else')).toBe(
    'banner motd ^Cbe good\r\nor else^C\r\n',
  );
  talk.send('reload\r');
  await talk.until('[confirm]');
  talk.send('y');
  await talk.end();
  const again = await loggedIn(stage.first);
  expect(again.all).toBe('be good\r\nor else\r\n\r\nR1#');
});

test('a secret that is configured counts at once, and until a reload where it was not saved', async () => {
  await using stage = await temporaryLab({ devices: 1 });
  const talk = await enabled(stage.first);
  await command(talk, 'conf t');
  await command(talk, 'enable secret other');
  talk.send('end\r');
  await talk.until('R1#');
  await command(talk, 'disable');
  talk.send('enable\r');
  await talk.until('Password: ');
  talk.send('other\r');
  await talk.until('R1#');
  talk.send('reload\r');
  await talk.until('[yes/no]: ');
  talk.send('no\r');
  await talk.until('[confirm]');
  talk.send('\r');
  await talk.end();
  await enabled(stage.first);
});
