import type { Readable } from 'node:stream';
import type { AgentModule } from './agent-module.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import type { Progress } from './progress.ts';
import type { ServeModule } from './serve-module.ts';
import type { Environment } from './streams.ts';

/** What bin/ alone can load: the sources of the command line know neither the server nor the agent. */
export interface Loaders {
  readonly loadServe: () => Promise<ServeModule>;
  readonly loadAgent: () => Promise<AgentModule>;
}

/** All that a command touches of the world around it. */
export interface Context {
  readonly stdin: Readable;
  readonly output: Output;
  readonly progress: Progress;
  readonly environment: Environment;
  readonly loaders: Loaders;
  /** A line for the person on standard error: a warning, a note. Never part of the answer. */
  readonly note: (text: string) => void;
  /** To the program that started this one, where it asked to hear: nothing of it is meant for people. */
  readonly tellParent: (message: object) => void;
  /** Called once by `perform`: how the command ended. */
  readonly finish: (code: ExitCode) => void;
}
