import { modularKey, orderOfPackages, packageKey } from '@patchsteward/core/1-identification';
import { DEBIAN } from '../debian-osv/parse.ts';
import type { OsvDialect, OsvPlace } from './dialect.ts';
import { ecosystemOf, type OsvEcosystem } from './ecosystem.ts';
import { isModular, ModuleStreams } from './module-streams.ts';
import { authorityOf, vulnerabilitiesOf } from './names.ts';
import { type Advisories, parseOsvRecords } from './parse.ts';
import type { OsvAffected, OsvRecord } from './schema.ts';

/** Reads OSV records of any ecosystem whose versions can be ordered. */
export function parseOsv(bytes: Uint8Array): Advisories {
  const streams = new ModuleStreams();
  return parseOsvRecords(bytes, { ...ANY, placesOf: placesBy(streams), waits: (record) => streams.learn(record) });
}

/** All publishers at once; a record of Debian is read as Debian means it. */
const ANY: Omit<OsvDialect, 'placesOf'> = {
  recordName: 'OSV record',
  feed: 'osv',
  authorityOf: (record) => dialectOf(record)?.authorityOf(record) ?? authorityOf(record),
  vulnerabilitiesOf: (record) => dialectOf(record)?.vulnerabilitiesOf(record) ?? vulnerabilitiesOf(record),
  problemOf: (record) => dialectOf(record)?.problemOf(record) ?? problemOf(record),
};

function dialectOf(record: OsvRecord): OsvDialect | null {
  return (record.affected ?? []).some(isDebian) ? DEBIAN : null;
}

function isDebian({ package: { ecosystem } }: OsvAffected): boolean {
  return /^Debian(?::|$)/.test(ecosystem);
}

function problemOf(record: OsvRecord): string | null {
  if ((record.affected ?? []).length > 0 || record.withdrawn != null) return null;
  return 'it names no package';
}

function placesBy(streams: ModuleStreams): OsvDialect['placesOf'] {
  return (affected, record) =>
    isDebian(affected) ? DEBIAN.placesOf(affected, record) : placesOf(affected, record, streams);
}

function placesOf(affected: OsvAffected, record: OsvRecord, streams: ModuleStreams): readonly OsvPlace[] | string {
  const { ecosystem } = affected.package;
  const known = ecosystemOf(ecosystem);
  if (known === null) return `${ecosystem} is nothing that can be judged`;
  const order = orderOfPackages(known.type);
  if (order === null) return `the order of versions of ${ecosystem} is not known`;
  const names = packageNamesOf(affected, known, () => streams.modulesOf(record));
  if (names.length === 0) return 'it was built for a module that the record does not name';
  return names.map((packageName) => ({
    feed: `osv-${known.scope.split(':')[0]}`,
    scope: known.scope,
    packageKind: known.packageKind,
    packageName,
    order,
    hasOddVersions: known.type === known.scope,
  }));
}

/**
 * AlmaLinux and Rocky name the module of an advisory only in its title (`Important: nodejs:18 security update`), and
 * that a build is of a module only in its release. Where a title names two, the package counts in both: it is in one of
 * them, and streams of different modules never share a build. Empty: of a module, and which is not said.
 */
function packageNamesOf(affected: OsvAffected, { type }: OsvEcosystem, modulesOf: () => readonly string[]) {
  const { name } = affected.package;
  if (type !== 'rpm') return [packageKey(type, name)];
  return isModular(affected) ? modulesOf().map((module) => modularKey(module, name)) : [name];
}
