import { isModularBuild, modularKey, orderOfPackages, packageKey } from '@patchsteward/core/1-identification';
import { DEBIAN } from '../debian-osv/parse.ts';
import type { OsvDialect, OsvPlace } from './dialect.ts';
import { ecosystemOf, type OsvEcosystem } from './ecosystem.ts';
import { authorityOf, vulnerabilitiesOf } from './names.ts';
import { type Advisories, parseOsvRecords } from './parse.ts';
import type { OsvAffected, OsvRecord } from './schema.ts';

/** Reads OSV records of any ecosystem whose versions can be ordered. */
export function parseOsv(bytes: Uint8Array): Advisories {
  return parseOsvRecords(bytes, ANY);
}

/** All publishers at once; a record of Debian is read as Debian means it. */
const ANY: OsvDialect = {
  recordName: 'OSV record',
  feed: 'osv',
  placesOf: (affected, record) => (isDebian(affected) ? DEBIAN.placesOf(affected, record) : placesOf(affected, record)),
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

function placesOf(affected: OsvAffected, record: OsvRecord): readonly OsvPlace[] | string {
  const { ecosystem } = affected.package;
  const known = ecosystemOf(ecosystem);
  if (known === null) return `${ecosystem} is nothing that can be judged`;
  const order = orderOfPackages(known.type);
  if (order === null) return `the order of versions of ${ecosystem} is not known`;
  const names = packageNamesOf(affected, record, known);
  if (names.length === 0) return 'it was built for a module that the record does not name';
  return names.map((packageName) => ({
    feed: `osv-${known.scope.split(':')[0]}`,
    scope: known.scope,
    packageKind: known.type === 'deb' || known.type === 'apk' ? 'source' : 'binary',
    packageName,
    order,
    hasOddVersions: known.type === known.scope,
  }));
}

/** The longest title is below 200; more of a text would only cost time. */
const TITLE_CHARACTERS_MAX = 500;

/** `nodejs:18`, but not the id of the advisory, which some titles repeat. */
const MODULE = /(?<![\w:-])\w[\w.+-]*:[\w.+-]+/g;

/**
 * AlmaLinux and Rocky name the module of an advisory only in its title (`Important: nodejs:18 security update`), and
 * that a build is of a module only in its release. Where a title names two, the package counts in both: it is in one of
 * them, and streams of different modules never share a build. Empty: of a module, and which is not said.
 */
function packageNamesOf(
  { package: { name }, ranges }: OsvAffected,
  { id, summary }: OsvRecord,
  { type }: OsvEcosystem,
) {
  if (type !== 'rpm') return [packageKey(type, name)];
  const fixes = (ranges ?? []).flatMap(({ events }) => events.map(({ fixed }) => fixed ?? ''));
  if (!fixes.some(isModularBuild)) return [name];
  const modules = (summary ?? '').slice(0, TITLE_CHARACTERS_MAX).replaceAll(id, '').match(MODULE) ?? [];
  return modules.map((module) => modularKey(module, name));
}
