import { Problem } from '@patchsteward/agent/package-managers';
import type { AgentModule } from '../platform/agent-module.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readLines } from '../platform/read-lines.ts';
import { untilStopped } from '../platform/stop-signal.ts';
import { clause } from '../platform/words.ts';
import type { AgentCommandOptions, AgentEnrollOptions, AgentRunOptions } from './agent.ts';
import { pinOf } from './agent-pin.ts';
import { enrolledText, inventoryText, leftText, statusText } from './agent-text.ts';

/** A token has some 130 characters. */
const TOKEN_CHARACTERS_MAX = 1_024;

export async function enroll({ options }: Invocation<AgentEnrollOptions>, context: Context): Promise<ExitCode> {
  const pin = pinOf(options);
  const token = options.token === '-' ? await firstLine(context) : options.token;
  const { server, stateDir: stateDirectory } = options;
  const enrolled = await ask(context, (agent) =>
    untilStopped((signal) => agent.enroll({ server, token, pin, stateDirectory, signal })),
  );
  if (options.json === true) await context.output.json({ ...enrolled, pinned: pin ?? null });
  else await context.output.write(enrolledText(enrolled, pin));
  return EXIT.done;
}

export async function runAgent({ options }: Invocation<AgentRunOptions>, context: Context): Promise<ExitCode> {
  const end = await ask(context, (agent) =>
    untilStopped((signal) => agent.run({ once: options.once === true, stateDirectory: options.stateDir, signal })),
  );
  return end === 'stopped' || end === 'done' ? EXIT.done : EXIT.failed;
}

export async function showStatus({ options }: Invocation<AgentCommandOptions>, context: Context): Promise<ExitCode> {
  const status = await ask(context, (agent) => agent.status({ stateDirectory: options.stateDir }));
  if (options.json === true) await context.output.json(status);
  else await context.output.write(statusText(status));
  return EXIT.done;
}

export async function showInventory({ options }: Invocation<object>, context: Context): Promise<ExitCode> {
  context.progress.show('asking the package manager');
  const inventory = await ask(context, (agent) => agent.inventory());
  if (options.json === true) await context.output.json(inventory);
  else await context.output.write(inventoryText(inventory));
  return EXIT.done;
}

export async function leave({ options }: Invocation<AgentCommandOptions>, context: Context): Promise<ExitCode> {
  const left = await ask(context, (agent) => agent.leave({ stateDirectory: options.stateDir }));
  if (options.json === true) await context.output.json(left);
  else await context.output.write(leftText(left));
  return EXIT.done;
}

async function ask<T>(context: Context, question: (agent: AgentModule) => Promise<T>): Promise<T> {
  const agent = await context.loaders.loadAgent();
  try {
    return await question(agent);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Failure(clause(error.message), clause(error.whatToDo), { cause: error });
  }
}

async function firstLine(context: Context): Promise<string> {
  for await (const lines of readLines(context.stdin, TOKEN_CHARACTERS_MAX)) {
    const [line] = lines;
    if (line !== undefined) return line.text;
  }
  throw new Failure('standard input is empty', 'give the enrollment token there', { exitCode: EXIT.usage });
}
