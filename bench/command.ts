import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.ts';

export type BenchCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly name: string; readonly json: boolean; readonly only: readonly string[] };

const OPTIONS = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' }, only: { type: 'string' } } as const;

/** What is asked on the command line; `names`: the benches that there are. `only`: parts of one, empty for all of it. */
export function parseCommand(argv: readonly string[], names: readonly string[]): BenchCommand {
  const { values, positionals } = parsed(argv);
  const [name, ...more] = positionals;
  if (values.help === true || name === undefined) return { kind: 'help' };
  if (!names.includes(name)) throw new BenchError(`there is no bench "${name}"`, `there are: ${names.join(', ')}`);
  if (more.length > 0) throw new BenchError('one bench at a time', 'run them one after the other');
  return { kind: 'run', name, json: values.json === true, only: values.only?.split(',') ?? [] };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new BenchError(error instanceof Error ? error.message : String(error), 'see npm run bench -- --help', {
      cause: error,
    });
  }
}
