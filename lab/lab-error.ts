/** An expected failure: what is wrong, and what the person does about it. Anything else that is thrown is a bug. */
export class LabError extends Error {
  readonly advice: string;
  /** 1 failed, 2 wrong usage or the wrong machine. */
  readonly exitCode: 1 | 2;

  constructor(what: string, advice: string, options: { cause?: unknown; exitCode?: 1 | 2 } = {}) {
    super(what, { cause: options.cause });
    this.name = 'LabError';
    this.advice = advice;
    this.exitCode = options.exitCode ?? 1;
  }
}
