import { shellWords, type Word } from './shell-words.js';

/** What arguments of ssh say of the way to a device. */
export interface SshWay {
  readonly jump?: string;
  readonly proxyCommand?: string;
  /** Options that say something of the way or of keys and are not read. */
  readonly others: readonly string[];
}

/** Options that have no meaning here, or whose meaning is the business of flags: host keys, reuse of connections. */
const PASSED_OVER =
  /^(?:StrictHostKeyChecking|UserKnownHostsFile|GlobalKnownHostsFile|ControlMaster|ControlPersist|ControlPath|LogLevel|ServerAlive\w+|ConnectTimeout|ConnectionAttempts|Compression|TCPKeepAlive|BatchMode|CheckHostIP|UpdateHostKeys|PreferredAuthentications|(?:Pubkey|Password|KbdInteractive|ChallengeResponse|GSSAPI)Authentication|ForwardAgent|ForwardX11)$/i;

/** Options of ssh's command line that take a value. */
const WITH_VALUE = /^-[BbcDEeFIiJLlmOopQRSWw]$/;

/** Reads arguments of ssh as Ansible's `ansible_ssh_common_args` has them; undefined where they cannot be split. */
export function sshWay(text: string): SshWay | undefined {
  const words = shellWords(text.replaceAll('#', '\\#'));
  if ('why' in words) return undefined;
  let way: SshWay = { others: [] };
  for (const [option, value] of optionsOf(words)) {
    if (option === '-J') way = { ...way, jump: value };
    else if (option !== '-o') {
      if (!/^-[46aACfgGkKMnNqsTtvxXyY]+$/.test(option)) way = { ...way, others: [...way.others, option] };
    } else {
      const [, name = '', of = ''] = /^\s*(\w+)\s*[\s=]\s*([\s\S]*)$/.exec(value) ?? [];
      if (/^ProxyJump$/i.test(name)) way = { ...way, jump: of };
      else if (/^ProxyCommand$/i.test(name)) way = { ...way, ...proxy(of) };
      else if (!PASSED_OVER.test(name))
        way = { ...way, others: [...way.others, /^\w{1,64}$/.test(name) ? name : '-o'] };
    }
  }
  return way;
}

function* optionsOf(words: readonly Word[]): Generator<readonly [option: string, value: string]> {
  for (let index = 0; index < words.length; index += 1) {
    const text = words[index]?.text ?? '';
    const [, option, rest = ''] = /^(-[A-Za-z0-9])([\s\S]*)$/.exec(text) ?? [];
    if (option === undefined) yield ['', text];
    else if (!WITH_VALUE.test(option)) yield [text, ''];
    else if (rest !== '') yield [option, rest];
    else {
      index += 1;
      yield [option, words[index]?.text ?? ''];
    }
  }
}

/** `ssh -W %h:%p -q bastion` is a jump host; anything else is a command. */
function proxy(command: string): Pick<SshWay, 'jump' | 'proxyCommand'> {
  const words = shellWords(command);
  if ('why' in words || words[0]?.text !== 'ssh') return { proxyCommand: command };
  let user = '';
  let port = '';
  let forwards = false;
  let host: string | undefined;
  for (const [option, value] of optionsOf(words.slice(1))) {
    if (option === '-W' && value.replaceAll('"', '') === '%h:%p') forwards = true;
    else if (option === '-l') user = `${value}@`;
    else if (option === '-p') port = `:${value}`;
    else if (option === '' && host === undefined) host = value;
    else if (!/^-[46aqTx]+$/.test(option)) return { proxyCommand: command };
  }
  if (!forwards || host === undefined) return { proxyCommand: command };
  return { jump: `${host.includes('@') ? '' : user}${host}${port}` };
}
