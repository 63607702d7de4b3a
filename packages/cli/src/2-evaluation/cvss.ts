import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { scoreVectors } from './cvss-score.ts';

const RULES = `
Reads one vector per line from the file, or from standard input, and prints the vector and its overall score as soon as
it is read. With --json it prints an object per line: {"line", "vector", "version", "base", "threat", "environmental",
"overall", "severity"}.

Versions 2.0, 3.0, 3.1 and 4.0. "threat" is the temporal score of 2.0 and 3.x; "threat" and "environmental" are null
where the vector defines none of their metrics. "overall" is the environmental score, else the threat score, else the
base score. "severity" is none, low, medium, high or critical; 2.0 knows low, medium and high.

A line that is no vector ends the command: the lines before it are answered, standard error names the line and what is
wrong, and the exit code is 1.`;

/** `patchsteward cvss …`: the scores of vectors, as the standards compute them. */
export function registerCvss(program: Command, context: Context): void {
  const cvss = program.command('cvss').description('ask how severe a CVSS vector is');

  cvss
    .command('score')
    .description('print the score of each CVSS vector')
    .argument('[file]', 'the file with the vectors; without it, standard input')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['One vector', "echo 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' | patchsteward cvss score"],
        ['A file of them, with every score', 'patchsteward cvss score --json vectors.txt'],
      ]),
    )
    .action(perform<object>(context, scoreVectors));
}
