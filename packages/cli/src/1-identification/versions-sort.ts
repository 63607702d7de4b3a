import { ALL_VERSION_ORDERS, VERSION_ORDERS, type VersionEcosystem } from '@patchsteward/core/versions';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readLines } from '../platform/read-lines.ts';
import { versionFailure } from './version-failure.ts';

export interface VersionsSortOptions {
  readonly ecosystem: VersionEcosystem;
}

/** A version of the greatest valid length, in UTF-8. */
const LINE_BYTES_MAX = 4_096;

/** All of them are held at once: twenty times the versions of a Debian release, some 100 MB. */
const VERSIONS_MAX = 1_000_000;

export async function sortVersions(
  { options }: Invocation<VersionsSortOptions>,
  { stdin, output }: Context,
): Promise<ExitCode> {
  const { ecosystem } = options;
  const versions: string[] = [];
  for await (const lines of readLines(stdin, LINE_BYTES_MAX)) {
    for (const { number, text } of lines) {
      const failure = versionFailure(number, text.trim(), ecosystem);
      if (failure !== null) throw failure;
      versions.push(text.trim());
    }
    if (versions.length > VERSIONS_MAX) {
      throw new Failure(`there are more than ${VERSIONS_MAX} versions`, 'sort a part of them at a time');
    }
  }

  versions.sort(ALL_VERSION_ORDERS[ecosystem].compare);
  if (options.json) await output.jsonLines(versions.map((version) => ({ version, key: keyOf(version, ecosystem) })));
  else await output.write(versions.map((version) => `${version}\n`).join(''));
  return EXIT.done;
}

function keyOf(version: string, ecosystem: VersionEcosystem): string | null {
  if (!isKeyed(ecosystem)) return null;
  return Buffer.from(VERSION_ORDERS[ecosystem].key(version)).toString('hex');
}

function isKeyed(ecosystem: VersionEcosystem): ecosystem is keyof typeof VERSION_ORDERS {
  return Object.hasOwn(VERSION_ORDERS, ecosystem);
}
