import type { Command } from 'commander';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';

/** Options that every command has. */
interface GlobalOptions {
  readonly json?: true;
}

/** One call of a command: its options as commander parsed them, its operands in order. */
export interface Invocation<Options> {
  readonly options: Options & GlobalOptions;
  readonly operands: readonly string[];
}

/**
 * An action for commander: `.action(perform<ScanOptions>(context, scan))`. `Options` must say what the options of the
 * command say; nothing else ties the two together.
 */
export function perform<Options>(
  context: Context,
  work: (invocation: Invocation<Options>, context: Context) => Promise<ExitCode>,
): (this: Command) => Promise<void> {
  return async function action(this: Command) {
    try {
      const options = this.optsWithGlobals<Options & GlobalOptions>();
      context.finish(await work({ options, operands: this.args }, context));
    } finally {
      context.progress.clear();
    }
  };
}
