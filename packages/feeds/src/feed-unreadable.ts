/** What is wrong with the file of a feed. A closed list: callers decide on the code, never on the sentence. */
export type FeedFault =
  | 'empty'
  | 'too-large'
  | 'damaged'
  | 'not-text'
  | 'not-json'
  | 'too-deep'
  | 'not-this-feed'
  | 'incomplete'
  /** In a form for which this machine has no program. */
  | 'packed';

const WHAT_TO_DO: Readonly<Record<FeedFault, string>> = {
  empty: 'fetch the file again',
  'too-large': 'check that it is the file of this feed; the limit protects the memory of this machine',
  damaged: 'fetch the file again; it was cut off or changed on its way',
  'not-text': 'fetch the file again; it is not the text that the publisher serves',
  'not-json': 'fetch the file again; it was cut off or is not what the publisher serves',
  'too-deep': 'fetch the file from its publisher; no record of this feed is nested like this',
  'not-this-feed': 'choose the file of this feed, or import it as the feed that it is',
  incomplete: 'fetch the file again; a part of it is missing',
  packed: 'install that program, or unpack the file before it is imported',
};

/** The file as a whole cannot be used: nothing of it was taken over. */
export class FeedUnreadable extends Error {
  readonly code: FeedFault;
  /** What is wrong, as a clause: `line 7 is not JSON`. */
  readonly problem: string;
  readonly whatToDo: string;

  constructor(code: FeedFault, problem: string, options?: ErrorOptions) {
    super(`${problem}; ${WHAT_TO_DO[code]}`, options);
    this.name = 'FeedUnreadable';
    this.code = code;
    this.problem = problem;
    this.whatToDo = WHAT_TO_DO[code];
  }
}
