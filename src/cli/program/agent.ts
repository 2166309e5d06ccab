import type { Command } from 'commander';
import type { AgentFlags, StatusFlags } from '../agent-command.js';
import { seconds, wholeNumber } from '../values.js';
import { helpHint } from './shared.js';

const AGENT_EXAMPLES = `
Examples:
  rollcall agent start &
  rollcall run "show clock" -i devices.yaml     (logs in)
  rollcall run "show version" -i devices.yaml   (does not: the agent has the sessions)
  rollcall agent stop

Exit codes: 0; 1 where no agent runs, or it has no session with the device; 2 for wrong usage, and when one runs already.`;

export function addAgent(program: Command, done: (code: number) => void, exit: (code: number) => void): void {
  const commands = async () => import('../agent-command.js');
  const group = program
    .command('agent')
    .showHelpAfterError(helpHint('agent'))
    .summary('keep sessions open between runs')
    .description('Keeps sessions open between runs: one login, one one-time code.')
    .addHelpText('afterAll', AGENT_EXAMPLES);
  group
    .command('start')
    .showHelpAfterError(helpHint('agent', 'start'))
    .summary('keep sessions until stopped')
    .description('Keeps the sessions of later runs open, in the foreground, until it is stopped.')
    .option('--idle <s>', 'seconds after which a session that nobody uses is closed (default: 600)', seconds)
    .option('--life <s>', 'seconds after which a session is closed in any case (default: 28800)', seconds)
    .option('--max-sessions <n>', 'sessions that are kept at once (default: 500)', wholeNumber(1, 100_000))
    .action(async (flags: AgentFlags) => done(await (await commands()).startCommand(flags, exit)));
  group
    .command('status')
    .showHelpAfterError(helpHint('agent', 'status'))
    .summary('list the sessions that it holds')
    .description('Lists the sessions that the agent holds.')
    .option('--json', 'an array')
    .action(async (flags: StatusFlags) => done(await (await commands()).statusCommand(flags)));
  group
    .command('forget')
    .showHelpAfterError(helpHint('agent', 'forget'))
    .summary('close the sessions with a device')
    .description('Closes the sessions with a device; one that is in use is closed when that is over.')
    .argument('<device>', 'its host, or host:port')
    .action(async (device: string) => done(await (await commands()).forgetCommand(device)));
  group
    .command('stop')
    .showHelpAfterError(helpHint('agent', 'stop'))
    .summary('close all sessions and end the agent')
    .description('Closes all sessions, calls off what is under way, and ends the agent.')
    .action(async () => done(await (await commands()).stopCommand()));
}
