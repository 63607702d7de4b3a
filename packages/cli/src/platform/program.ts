import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Streams } from './streams.ts';
import { hasColors, terminalColumns } from './streams.ts';

/** The line length of a help text that goes to a file. */
const HELP_COLUMNS = 100;

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done and there are findings or discrepancies.`;

/** The root of the command line. Its settings are inherited by every command registered on it. */
export function createProgram({ stdout, stderr, environment }: Streams): Command {
  return new Command('patchsteward')
    .description('A patch procedure turned into a running system.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', EXIT_CODES)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(usageLine(text)),
      getOutHelpWidth: () => terminalColumns(stdout) ?? HELP_COLUMNS,
      getErrHelpWidth: () => terminalColumns(stderr) ?? HELP_COLUMNS,
      getOutHasColors: () => hasColors(stdout, environment),
      getErrHasColors: () => hasColors(stderr, environment),
    });
}

/** The examples under a help text: what they show, and the line to type. */
export function examples(shown: readonly (readonly [what: string, line: string])[]): string {
  return `\nExamples:\n${shown.map(([what, line]) => `  ${what}\n    $ ${line}`).join('\n')}\n`;
}

/** commander's `error: what\n(Did you mean this?)\n` in the words of every other failure. */
function usageLine(text: string): string {
  const what = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
  return `patchsteward: ${what}; see the help with --help\n`;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error('the package manifest of the command line has no version');
}
