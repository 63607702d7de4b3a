/** What is wrong with bytes that were to be a document of ours. */
export type FaultProblem =
  | 'too-large'
  | 'not-utf8'
  | 'not-json'
  | 'not-canonical'
  | 'wrong-type'
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-form'
  | 'not-one-of'
  | 'out-of-range'
  | 'too-many'
  | 'too-few'
  | 'not-sorted'
  | 'duplicate'
  | 'contradiction';

/** A document that is refused, with the place: `$.changes[3].sha256`. */
export interface Fault {
  readonly problem: FaultProblem;
  readonly path: string;
}

export type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** Ends the reading of a document at its first fault. Never leaves this folder. */
export class Unreadable extends Error {
  readonly fault: Fault;

  constructor(problem: FaultProblem, path: string) {
    super(`${problem} at ${path}`);
    this.name = 'Unreadable';
    this.fault = { problem, path };
  }
}
