import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { LabError } from '../lab-error.ts';

export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
}

/** Asks a person before the machine is changed. Where nobody can answer, `--yes` must have been said. */
export async function askConsent(what: string, { input, output }: Terminal): Promise<void> {
  if (input.isTTY !== true) {
    const advice = 'say --yes to let it';
    throw new LabError(`${what}, and nobody is here to be asked`, advice, { exitCode: 2 });
  }
  const asking = createInterface({ input, output });
  const answer = await asking.question(`${what}. Go on? [y/N] `);
  asking.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new LabError('nothing was made', 'answer y to go on');
}
