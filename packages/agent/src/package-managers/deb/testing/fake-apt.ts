import type { Apt, AptTool } from '../apt.ts';

/** An apt that answers from a table of questions, and remembers what it was asked. */
export interface FakeApt extends Apt {
  readonly asked: string[];
}

export function fakeApt(answers: Readonly<Record<string, string>>): FakeApt {
  const asked: string[] = [];
  const ask = (tool: AptTool, argv: readonly string[]): Promise<string> => {
    const question = [tool, ...argv].join(' ');
    asked.push(question);
    const answer = answers[question];
    return answer === undefined ? Promise.reject(new Error(`not in the table: ${question}`)) : Promise.resolve(answer);
  };
  return { asked, ask, askForAll: (tool, argv, names) => ask(tool, [...argv, ...names]) };
}
