import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';

export interface ScanOptions {
  readonly dpkgStatus?: string;
  readonly osRelease?: string;
  readonly root?: string;
  readonly advisories?: readonly string[];
  readonly all?: true;
}

const RULES = `
It scans the machine it runs on; with --root the system below a folder (a mounted disk, the file system of a container),
of which nothing runs; with --dpkg-status and --os-release, which belong together, a host of which these copies were
made. Hosts of dpkg, rpm and apk are read. Every package is judged by what the advisories of its own release name: a deb
by its source, an apk by its origin, an rpm by its name, module and stream. A package that comes from a third party alone
is not judged by the distribution's advisories.

--advisories takes files or folders, and may be given more than once: the distribution's advisories in OSV form (JSON,
JSON lines, gzip, or the zip of the OSV export), for Debian the JSON of its tracker as well, for others any form that
"match" reads, and CISA's catalog of known exploited vulnerabilities. In a folder, files of other kinds are passed over.

Of a kernel, only what runs is exposed: headers, tools and kernels that are not booted are one line for each, and are
listed with --all. The JSON has them always, with the reason "kernel-not-running", and counts them apart.

Exit code 3: there are findings. 0: everything that could be judged is clean. 1: it failed, the vendor is still looking into
a vulnerability ("undecided" in the JSON), or nothing could be judged, because no advisories were given or none of them
speaks of this release; then "findings" is null in the JSON.`;

/** `patchsteward scan`: one host, no server. What is installed, what is affected, why, what fixes it. // SOP P1.1 P1.2 */
export function registerScan(program: Command, context: Context): void {
  program
    .command('scan')
    .description('list what a host is affected by, why, and what fixes it')
    .option('--dpkg-status <file>', 'a copy of /var/lib/dpkg/status')
    .option('--os-release <file>', 'a copy of /etc/os-release of the same host')
    .option('--root <folder>', 'the root file system of another system than this machine')
    .option(
      '-a, --advisories <path>',
      'advisories: a file or a folder',
      (path: string, paths: readonly string[] | undefined) => [...(paths ?? []), path],
    )
    .option('--all', 'with every finding in headers, tools and kernels that do not run')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([
        ['This machine', 'patchsteward scan --advisories all.zip'],
        ['The file system of a container', 'patchsteward scan --root /mnt/image --advisories almalinux.zip'],
        [
          'Another host, from copies of its files',
          'patchsteward scan --dpkg-status status --os-release os-release --advisories feeds/ --json',
        ],
      ]),
    )
    .action(
      perform<ScanOptions>(context, async (call) => {
        const { scan } = await import('./scan-run.ts');
        return scan(call, context);
      }),
    );
}
