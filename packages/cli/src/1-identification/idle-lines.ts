import type { IdleKernel } from '@patchsteward/core/1-identification';
import { plainText } from '../platform/text.ts';
import { counted, listed } from '../platform/words.ts';

/** One explained line per kernel for everything of it that does not run: nine rows of ten on many hosts. */
export function idleLines(idle: readonly IdleKernel[], areShown: boolean): string[] {
  return idle.map(({ source, packages, vulnerabilities, findings }) => {
    const what = `${counted(findings, 'finding')} (${counted(vulnerabilities, 'vulnerability', 'vulnerabilities')}) of ${plainText(source)}`;
    const where = `${counted(packages.length, 'package')} that ${packages.length === 1 ? 'does' : 'do'} not run: ${listed(packages)}`;
    const why = 'headers, tools or kernels that are not booted; only the running kernel is exposed';
    return `${areShown ? 'Among them' : 'Beside them'} ${what} in ${where} (${why})${areShown ? '' : '; --all lists them'}.`;
  });
}
