import { spawnSync } from 'node:child_process';
import { orderOfSign } from './fixtures.ts';

/** The distribution's own interpreter: apt's and rpm's bindings are built for no other. */
const PYTHON = '/usr/bin/python3';

/** A hundred thousand answers, one character and a line feed each, with room to spare. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** Asks an oracle for the order of all pairs, in one process. */
export function askOracle(script: string, pairs: readonly { a: string; b: string }[]): (-1 | 0 | 1)[] {
  const input = pairs.map(({ a, b }) => `${a} ${b}\n`).join('');
  const oracle = spawnSync(PYTHON, [script], { input, encoding: 'utf8', maxBuffer: ANSWER_BYTES_MAX });
  if (oracle.error !== undefined) throw new Error(`${PYTHON} did not run`, { cause: oracle.error });
  if (oracle.status !== 0) {
    throw new Error(`${script} failed; apt-get install python3-apt python3-rpm\n${oracle.stderr}`);
  }
  return oracle.stdout.trimEnd().split('\n').map(orderOfSign);
}
