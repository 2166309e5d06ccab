import type { Command } from 'commander';
import { KEYRING_SERVICE } from '../../base/index.js';
import type { KeyFlags } from '../secret/age-keys.js';
import type { DecryptFlags } from '../secret/decrypt-command.js';
import type { EncryptFlags } from '../secret/encrypt-command.js';
import type { KeygenFlags } from '../secret/keygen-command.js';
import type { KeyringFlags } from '../secret/keyring-command.js';
import { helpHint } from './shared.js';

const SECRET_EXAMPLES = `
Examples:
  rollcall secret keygen                          (once: your key)
  rollcall secret encrypt                         (asks; prints what stands behind 'password:' then)
  rollcall secret encrypt devices.yaml            (writes devices.yaml.age; -i devices.yaml.age reads it)
  rollcall secret edit devices.yaml.age
  rollcall secret set admin                       (then: 'password: { keyring: admin }')

Exit codes: 0; 1 where the keyring has no such entry; 2 for wrong usage, and for what cannot be opened;
            3 when the editor fails; 130 stopped with Ctrl-C.`;

/** Who may read what is encrypted. */
const withKey = (command: Command): Command =>
  command
    .option(
      '-r, --recipient <age1…>',
      'who may read it, by public key; may be repeated (default: you alone)',
      (one: string, before: readonly string[] = []) => [...before, one],
    )
    .option('-p, --passphrase', 'for whoever knows a passphrase, which is asked for');

export function addSecret(program: Command, done: (code: number) => void): void {
  const group = program
    .command('secret')
    .showHelpAfterError(helpHint('secret'))
    .summary('encrypt passwords and inventories, and keep passwords in the keyring')
    .description(
      'Keeps passwords out of plain text: encrypted with age, or in the keyring. docs/secrets.md has the rest.',
    )
    .addHelpText('afterAll', SECRET_EXAMPLES);
  const add = (name: string, summary: string): Command =>
    group
      .command(name)
      .showHelpAfterError(helpHint('secret', name.split(' ')[0] ?? ''))
      .summary(summary);

  add('keygen', 'make your key, and print its public half')
    .description(
      'Makes an age identity, a file for you alone, and prints its public key, which others may encrypt for.',
    )
    .option('-o, --output <file>', 'where it is written (default: where it is looked for)')
    .option('-p, --passphrase', 'encrypt the file with a passphrase, which is asked for')
    .action(async (flags: KeygenFlags) =>
      done(await (await import('../secret/keygen-command.js')).keygenCommand(flags)),
    );
  withKey(add('encrypt', 'encrypt a password, or a file'))
    .description(
      'Encrypts a password, which is asked for or read from standard input, and prints what to paste; or a whole file.',
    )
    .argument('[file]', 'an inventory; without it a password is encrypted')
    .option('-o, --output <file>', 'where the encrypted file is written (default: FILE.age)')
    .option('--armor', 'write the encrypted file as text')
    .option('--block', 'print the password on several lines')
    .action(async (file: string | undefined, flags: EncryptFlags) =>
      done(await (await import('../secret/encrypt-command.js')).encryptCommand(file, flags)),
    );
  add('decrypt', 'print what is encrypted in a file')
    .description('Prints what is encrypted in a file, or on standard input (-).')
    .argument('<file>', 'what age has encrypted, as text or not')
    .option('-o, --output <file>', 'write it to a new file, for you alone')
    .action(async (file: string, flags: DecryptFlags) =>
      done(await (await import('../secret/decrypt-command.js')).decryptCommand(file, flags)),
    );
  withKey(add('edit', 'edit an encrypted file'))
    .description(
      'Opens an encrypted file in your editor ($VISUAL, $EDITOR), and encrypts it again for the same readers.',
    )
    .argument('<file>', 'what age has encrypted; a new one where there is none')
    .action(async (file: string, flags: KeyFlags) =>
      done(await (await import('../secret/edit-command.js')).editCommand(file, flags)),
    );
  const withService = (command: Command): Command =>
    command.option('--service <name>', 'the service that it belongs to', KEYRING_SERVICE);
  withService(add('set', "put a password into the system's keyring"))
    .description("Puts a password, which is asked for or read from standard input, into the system's keyring.")
    .argument('<name>', 'what it is called: { keyring: NAME }')
    .action(async (name: string, flags: KeyringFlags) =>
      done(await (await import('../secret/keyring-command.js')).setCommand(name, flags)),
    );
  withService(add('delete', "take a password out of the system's keyring"))
    .description("Takes a password out of the system's keyring.")
    .argument('<name>', 'what it is called')
    .action(async (name: string, flags: KeyringFlags) =>
      done(await (await import('../secret/keyring-command.js')).deleteCommand(name, flags)),
    );
}
