import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ReplayFlags } from '../replay-command.js';
import { wholeNumber } from '../values.js';
import { helpHint } from './shared.js';

const EXAMPLES = `
Examples:
  rollcall run "show clock" -i devices.yaml --record recordings
  rollcall replay recordings/R1.rec
  rollcall run "show clock" -i replay.yaml`;

export function addReplay(program: Command, action: (file: string, flags: ReplayFlags) => Promise<void>): void {
  program
    .command('replay')
    .showHelpAfterError(helpHint('replay'))
    .summary('serve a recording as a device on this machine')
    .description(
      'Serves the recording of a session as a device on loopback until stopped, and writes an inventory of it.',
    )
    .argument('<file>', 'what run --record or connect --record has written')
    .addOption(
      new Option('--transport <name>', 'how it is reached (default: as the device was)').choices(['ssh', 'telnet']),
    )
    .option('--port <p>', 'the port that it listens on (default: any free one)', wholeNumber(0, 65_535), 0)
    .option(
      '--speed <factor>',
      'answer as slowly as the device did: 1, or 2 for twice the speed (default: at once)',
      factor,
    )
    .option('--inventory-out <file>', 'where the inventory is written', 'replay.yaml')
    .addHelpText('after', EXAMPLES)
    .action(action);
}

function factor(text: string): number {
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 10_000) return value;
  throw new InvalidArgumentError('Expected a number above 0, at most 10000.');
}
