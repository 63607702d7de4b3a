import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';

export interface MatchOptions {
  readonly packages: string;
  readonly advisories: readonly string[];
  readonly distro?: string;
  readonly all?: true;
}

const RULES = `
--packages takes a copy of dpkg's status file, a table with the columns of "dpkg-query" (package, version, architecture,
source, source_version, status), the output of rpm as below, a copy of apk's /lib/apk/db/installed, or a bill of
materials: CycloneDX (JSON or XML), SPDX 2 (JSON or tags) or SPDX 3 (JSON), read by purl. --distro says of which release
the packages are, such as debian:12, where the list does not say it: only a bill of materials may.

--advisories takes files or folders, and may be given more than once: records in OSV form of any distribution or
registry, CSAF 2.0 and VEX documents, the updateinfo.xml of rpm repositories, Alpine's secdb, the JSON of Debian's
security tracker, and CISA's catalog of known exploited vulnerabilities.

Each package is judged by what its ecosystem's advisories name: a deb by its source, an apk by its origin, an rpm by its
name, module and stream, all else by its name. "why" holds the claim that decided and those that lost to it. --all adds
what is fixed or not affected. A package without a version is not judged, and never guessed.

Exit code 3: there are findings. 0: everything was judged, or belongs to a package that was, and is clean. 1: it failed,
or something could not be judged: nobody speaks of its release, it has no version, its vendor is still looking into a
vulnerability, or speaks of another branch of the product alone ("undecided" in the JSON). Where nothing at all could be judged
"findings" is null in the JSON.`;

/** `patchsteward match`: a list of packages against files of advisories, no host and no server. // SOP P1.1 P1.2 */
export function registerMatch(program: Command, context: Context): void {
  program
    .command('match')
    .description('list what a list of packages is affected by, from files alone')
    .requiredOption('-p, --packages <file>', 'the list of packages')
    .requiredOption('-a, --advisories <path...>', 'advisories: files or folders')
    .option('-d, --distro <release>', 'of which release the packages are, such as debian:12')
    .option('--all', 'also what is fixed or not affected')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['A copy of a host', 'patchsteward match --packages status --advisories all.zip --distro debian:12'],
        ['A bill of materials', 'patchsteward match --packages bom.json --advisories feeds/ --json'],
        [
          'Packages of rpm',
          "rpm -qa --qf '%{NAME}\\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{MODULARITYLABEL}\\n' > packages",
        ],
      ]),
    )
    .action(
      perform<MatchOptions>(context, async (call) => {
        const { match } = await import('./match-run.ts');
        return match(call, context);
      }),
    );
}
