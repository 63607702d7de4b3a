import type { Command } from 'commander';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import type { PassphraseOptions } from '../trust/passphrase.ts';

/** Of every command that signs as a person. */
export interface SigningOptions extends ServerOptions, PassphraseOptions {
  readonly key: string;
  readonly yes?: true;
}

export interface WhyOptions extends SigningOptions {
  readonly why: string;
}

/** Nothing but a signature leaves this machine; the key never does. */
export function withSigningOptions(command: Command): Command {
  return withServerOptions(command)
    .requiredOption(
      '--key <file>',
      'your key: a file of "patchsteward key new", or the .pub of a key in your ssh-agent',
    )
    .option('--passphrase-file <file>', 'its first line unlocks the key (or PATCHSTEWARD_PASSPHRASE)')
    .option('--yes', 'sign without asking; for scripts that looked before');
}
