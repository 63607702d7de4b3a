/** What went wrong, and what the person can do about it. */
export class BenchError extends Error {
  readonly whatToDo: string;

  constructor(message: string, whatToDo: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = 'BenchError';
    this.whatToDo = whatToDo;
  }
}
