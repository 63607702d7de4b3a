import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import type { PassphraseOptions } from './passphrase.ts';

/** `passphrase` false: --no-passphrase. */
export interface KeyNewOptions extends PassphraseOptions {
  readonly passphrase: boolean;
}

const RULES = `
The file is locked with the passphrase and stays with you: whoever has both signs as you. The server never sees it; whoever
writes the trust root gets its public half ("patchsteward key public"). Where
you have an SSH key in an ssh-agent, or on a security key, use that instead: name its .pub file wherever --key is wanted.

The passphrase comes from --passphrase-file, from PATCHSTEWARD_PASSPHRASE, or is asked for at the terminal.`;

/** `patchsteward key …`: the keys that people sign with. // decided 28 */
export function registerKey(program: Command, context: Context): void {
  const key = program.command('key').description('keys that people sign with');
  key
    .command('new')
    .description('make an Ed25519 key in a file')
    .argument('<file>', 'where it goes; never overwritten')
    .option('--passphrase-file <file>', 'its first line is the passphrase')
    .option('--no-passphrase', 'leave the file unlocked: for machines alone')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['Your own key', 'patchsteward key new ~/.config/patchsteward/ivy.key'],
        ['For a machine that signs without a person', 'patchsteward key new prober.key --no-passphrase'],
      ]),
    )
    .action(perform<KeyNewOptions>(context, async (call) => (await import('./key-run.ts')).makeKey(call, context)));
  key
    .command('show')
    .description('show the public half and the id of a key')
    .argument('<file>', 'a key file, or an SSH public key')
    .addHelpText('after', examples([['An SSH key', 'patchsteward key show ~/.ssh/id_ed25519.pub']]))
    .action(perform<object>(context, async (call) => (await import('./key-run.ts')).showKey(call, context)));
  key
    .command('public')
    .description('print the public half of a key file, for whoever writes the trust root')
    .argument('<file>', 'a key file')
    .addHelpText('after', examples([['To be mailed', 'patchsteward key public ivy.key > ivy.pub']]))
    .action(perform<object>(context, async (call) => (await import('./key-run.ts')).printPublicHalf(call, context)));
}
