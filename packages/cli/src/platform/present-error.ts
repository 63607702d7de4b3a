import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-code.ts';
import { Failure, ReaderGone } from './failure.ts';
import type { OutputStream } from './streams.ts';
import { plainText } from './text.ts';

/** Says what went wrong, once and on one line, and tells how the process ends. */
export function presentError(error: unknown, stderr: OutputStream): ExitCode {
  if (error instanceof CommanderError) return commanderExit(error);
  // The answer did not arrive, so this is no success; but the person who closed the pipe knows.
  if (error instanceof ReaderGone) return EXIT.failed;
  if (error instanceof Failure) {
    stderr.write(`patchsteward: ${plainText(error.message)}; ${plainText(error.advice)}\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`patchsteward: this is a bug in patchsteward; please report it with the lines below\n${stack}\n`);
  return EXIT.failed;
}

/** commander has printed already. It means 0 where help or the version was asked for. */
function commanderExit(error: CommanderError): ExitCode {
  return error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
