import { homedir } from 'node:os';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { Failure } from './failure.ts';
import type { Invocation } from './perform.ts';
import type { ServeCommandOptions } from './serve.ts';
import type { Ready } from './serve-module.ts';
import { SETTING_FLAGS } from './serve-module.ts';
import { untilStopped } from './stop-signal.ts';
import { clause } from './words.ts';

export async function runServer({ options }: Invocation<ServeCommandOptions>, context: Context): Promise<ExitCode> {
  const { serve } = await context.loaders.loadServe();
  const onReady = async (ready: Ready): Promise<void> => {
    if (options.json === true) await context.output.json(ready);
    else await context.output.write(readyText(ready));
    const { agentsPort, console: consoleUrl, data } = ready;
    context.tellParent({ kind: 'ready', data, consoleUrl, agentsPort });
  };
  const flags = Object.fromEntries(SETTING_FLAGS.map((name) => [name, options[name]]));
  try {
    await untilStopped((signal) =>
      serve({
        flags,
        environment: context.environment,
        isRoot: process.getuid?.() === 0,
        home: homedir(),
        workingDirectory: process.cwd(),
        human: process.stderr.isTTY,
        signal,
        onReady,
      }),
    );
  } catch (error) {
    throw failureOf(error);
  }
  return EXIT.done;
}

/** What keeps the server from starting says what to do about it; anything else is a bug. */
function failureOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('whatToDo' in error) || typeof error.whatToDo !== 'string') return error;
  const exitCode = 'code' in error && error.code === 'setting-wrong' ? EXIT.usage : EXIT.failed;
  return new Failure(clause(error.message), clause(error.whatToDo), { cause: error, exitCode });
}

function readyText({ console, firstRun, data }: Ready): string {
  const lines = [`Patchsteward is ready: ${console}`, `Its data is in ${data}`];
  if (firstRun !== null) {
    lines.push(
      '',
      'Nobody has an account yet. Make the first one here (works once, and until the next start):',
      `  ${firstRun}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
