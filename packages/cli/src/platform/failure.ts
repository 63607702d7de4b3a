import { EXIT, type ExitCode } from './exit-code.ts';

/** An expected failure: what is wrong, and what the person does about it. Anything else that is thrown is a bug. */
export class Failure extends Error {
  readonly advice: string;
  readonly exitCode: ExitCode;

  constructor(what: string, advice: string, options: { cause?: unknown; exitCode?: ExitCode } = {}) {
    super(what, { cause: options.cause });
    this.name = 'Failure';
    this.advice = advice;
    this.exitCode = options.exitCode ?? EXIT.failed;
  }
}

/** The reader of our output went away, as `head` does. There is nobody left to tell. */
export class ReaderGone extends Error {
  constructor(cause: unknown) {
    super('the reader of the output has gone', { cause });
    this.name = 'ReaderGone';
  }
}
