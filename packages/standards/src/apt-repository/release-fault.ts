/** What an index can be found to be; the words are a part of the reasons that a room gives. */
export type ReleaseFault = 'index-unreadable' | 'index-expired' | 'index-not-yet-valid' | 'index-rolled-back';

/** The bytes are no index, or one beyond a limit. The message says what is wrong with it. */
export class IndexFault extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'IndexFault';
  }
}
