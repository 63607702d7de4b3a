/** An expected failure: what is wrong (the message), and what a person does about it. Its code is for logs and programs. */
export class Problem extends Error {
  readonly code: string;
  readonly whatToDo: string;

  constructor(code: string, problem: string, whatToDo: string, cause?: unknown) {
    super(problem, { cause });
    this.name = new.target.name;
    this.code = code;
    this.whatToDo = whatToDo;
  }
}
