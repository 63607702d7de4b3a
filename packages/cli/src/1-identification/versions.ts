import { ECOSYSTEMS } from '@patchsteward/core/versions';
import { type Command, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { compareVersions, type VersionsCompareOptions } from './versions-compare.ts';

const RULES = `
Reads lines "A B" from standard input, two versions with spaces or tabs between them, and prints <, = or > for each
line as soon as it is read. With --json it prints an object per line: {"line", "a", "order", "b"}.

deb orders as dpkg does (Debian policy 5.6.12), rpm as rpm does (epoch, version, release by rpmvercmp).
A line that is not two valid versions ends the command: the lines before it are answered, standard error names the
line, and the exit code is 1.`;

/** `patchsteward versions …`: the orders that matching rests on, for whoever wants to check them. */
export function registerVersions(program: Command, context: Context): void {
  const versions = program.command('versions').description('ask how package versions are ordered');

  versions
    .command('compare')
    .description('compare pairs of package versions')
    .addOption(new Option('-e, --ecosystem <name>', 'whose order').choices([...ECOSYSTEMS]).makeOptionMandatory())
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['Is the release candidate older?', "echo '1.0~rc1-1 1.0-1' | patchsteward versions compare --ecosystem deb"],
        ['Many pairs, as JSON', 'patchsteward versions compare --ecosystem rpm --json < pairs.txt'],
      ]),
    )
    .action(perform<VersionsCompareOptions>(context, compareVersions));
}
