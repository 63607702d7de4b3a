import { isKernelSource, orderOfScope } from '@patchsteward/core/1-identification';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import type { InstalledVersion, JudgedVersion } from './exposure-judging.ts';
import { installedColumns } from './exposure-store.ts';

/** Whoever asks for a package asks for versions below one: `openssl < 3.0.15-1`. */
export interface SoughtPackage {
  readonly name: string;
  readonly below: string;
}

/** Neither names of packages nor versions hold a space or `<`. */
export function soughtPackage(asked: string): SoughtPackage | null {
  const match = /^\s*([^\s<]+)\s*<\s*([^\s<]+)\s*$/.exec(asked);
  const [, name, below] = match ?? [];
  return name === undefined || below === undefined ? null : { name, below };
}

/** Everything that was ever installed of a source package, or of a package that is built from one. */
export async function readInstalledNamed(reader: Reader, name: string): Promise<InstalledVersion[]> {
  const { rows } = await sql<InstalledVersion>`
    select ${installedColumns}
    from identification.source_version as version
    where version.source = ${name} or version.built_from = ${name} or version.id in (
      select source_version_id from identification.package_set_source where packages @> array[${name}]::text[]
    )
  `.execute(reader);
  return rows;
}

/** By the order of each release; whoever built it, its version is what it is. */
export function judgeBelow(
  installed: readonly InstalledVersion[],
  { name, below }: SoughtPackage,
): ReadonlyMap<number, JudgedVersion> {
  const judged = new Map<number, JudgedVersion>();
  for (const { id, scope, source, version } of installed) {
    const order = orderOfScope(scope);
    const place = { id, scope, source, version, isKernel: isKernelSource(source), vulnerabilities: [] };
    const nothing = { winner: null, losing: [], fixed: null, fixedKey: null, releasedAt: null };
    if (order === null || !order.isValid(version) || !order.isValid(below)) {
      const why = `${version} and ${below} cannot be compared by the order of ${scope}.`;
      judged.set(id, { ...place, ...nothing, status: 'not_judged', why });
      continue;
    }
    const isBelow = order.compare(version, below) < 0;
    const why = `${name} is installed as ${source} ${version}, which is ${isBelow ? 'below' : 'not below'} ${below}.`;
    judged.set(id, {
      ...place,
      ...nothing,
      fixed: isBelow ? below : null,
      status: isBelow ? 'affected' : 'not_affected',
      why,
    });
  }
  return judged;
}
