import { ECOSYSTEM_NAMES, ecosystemNamed } from '@patchsteward/core/versions';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { compareVersions, type VersionsCompareOptions } from './versions-compare.ts';
import { sortVersions, type VersionsSortOptions } from './versions-sort.ts';

const ORDERS = `
Ecosystems (in brackets: other names of the same order):
  deb (debian, ubuntu)      as dpkg: epoch, upstream version, revision
  rpm (redhat)              as rpm: epoch, version, release by rpmvercmp
  apk (alpine)              as apk, suffixes and revisions included
  semver (npm, golang, go, cargo, crates.io, hex)
                            Semantic Versioning 2.0.0, with any count of numbers of any size
  pypi (pep440, pep-440)    PEP 440; what is older than it comes first, as setuptools had it
  maven, gem (rubygems), composer (packagist), nuget, pub, cran, hackage
                            as each registry's own tool
  loose                     numbers and words in turn, for vendors that say no order`;

const COMPARE_RULES = `
Reads lines "A B" from standard input, two versions with spaces or tabs between them, and prints <, = or > for each
line as soon as it is read. With --json it prints an object per line: {"line", "a", "order", "b"}.

A line that is not two valid versions ends the command: the lines before it are answered, standard error names the
line and what is wrong, and the exit code is 1.`;

const SORT_RULES = `
Reads one version per line from standard input and prints them from the lowest to the highest; equal ones keep their
order. With --json it prints an object per line: {"version", "key"}, the key in hexadecimal: bytes whose plain order is
the order of the versions (deb, rpm and apk; null elsewhere).

A line that is not a valid version ends the command before anything is printed, and the exit code is 1.`;

function ecosystemOption(): Option {
  return new Option('-e, --ecosystem <name>', 'whose order').makeOptionMandatory().argParser((name: string) => {
    const ecosystem = ecosystemNamed(name);
    if (ecosystem === null) throw new InvalidArgumentError(`Allowed choices are ${ECOSYSTEM_NAMES.join(', ')}.`);
    return ecosystem;
  });
}

/** `patchsteward versions …`: the orders that matching rests on, for whoever wants to check them. */
export function registerVersions(program: Command, context: Context): void {
  const versions = program.command('versions').description('ask how package versions are ordered');

  versions
    .command('compare')
    .description('compare pairs of package versions')
    .addOption(ecosystemOption())
    .addHelpText('after', COMPARE_RULES)
    .addHelpText('after', ORDERS)
    .addHelpText(
      'after',
      examples([
        ['Is the release candidate older?', "echo '1.0~rc1-1 1.0-1' | patchsteward versions compare --ecosystem deb"],
        ['Many pairs, as JSON', 'patchsteward versions compare --ecosystem rpm --json < pairs.txt'],
        ['A package of PyPI', "echo '2.0.dev1 2.0a1' | patchsteward versions compare --ecosystem pypi"],
      ]),
    )
    .action(perform<VersionsCompareOptions>(context, compareVersions));

  versions
    .command('sort')
    .description('sort package versions, lowest first')
    .addOption(ecosystemOption())
    .addHelpText('after', SORT_RULES)
    .addHelpText('after', ORDERS)
    .addHelpText(
      'after',
      examples([
        ['The highest of a list', 'patchsteward versions sort --ecosystem apk < versions.txt | tail -n 1'],
        ['With their keys', 'patchsteward versions sort --ecosystem deb --json < versions.txt'],
      ]),
    )
    .action(perform<VersionsSortOptions>(context, sortVersions));
}
