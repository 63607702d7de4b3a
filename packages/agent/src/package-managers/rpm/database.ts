import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import type { Host } from '../../host/host.ts';
import { Problem } from '../../platform/problem.ts';
import { compareText } from '../../platform/text.ts';
import { askRpm } from './rpm.ts';
import { sourceOf } from './source-file.ts';
import { versionText } from './version-text.ts';

/** Vendors write anything into a header but these: ASCII's own separators of fields and records. */
const FIELD = '\x1f';
const RECORD = '\x1e';
/** What rpm prints for a tag that a header does not have. */
const NONE = '(none)';

const TAGS = [
  'NAME',
  // Not EPOCH, which prints `(none)`, and never SOURCERPM, which has none.
  'EPOCHNUM',
  'VERSION',
  'RELEASE',
  'ARCH',
  'SOURCERPM',
  'MODULARITYLABEL',
  'VENDOR',
  'PACKAGER',
  'RSAHEADER:pgpsig',
  'DSAHEADER:pgpsig',
] as const;
const FORMAT = `${TAGS.map((tag) => `%{${tag}}`).join(FIELD)}${RECORD}`;

/** Everything that rpm has installed, in one question; sorted by name, architecture and version. // SOP P1.2 */
export async function readDatabase(host: Host, signal?: AbortSignal): Promise<InstalledPackage[]> {
  return parseDatabase(await askRpm(host, ['--query', '--all', '--queryformat', FORMAT], signal));
}

class RpmAnswerError extends Problem {
  constructor(problem: string) {
    super('rpm-answer-unreadable', `what rpm says is no list of packages: ${problem}`, 'see "rpm --query --all"');
  }
}

/** The name of the packages in which rpm keeps the keys that it trusts. They are no software. */
const KEY_PACKAGE = 'gpg-pubkey';

export function parseDatabase(text: string): InstalledPackage[] {
  const rows = text.split(RECORD).slice(0, -1).map(rowOf);
  // Even the smallest image has the package that says which release it is.
  if (rows.length === 0) throw new RpmAnswerError('there is no package in it');
  const keys = rows.filter(({ name }) => name === KEY_PACKAGE);
  return rows
    .filter(({ name }) => name !== KEY_PACKAGE)
    .map((row) => installedOf(row, keys))
    .sort(byIdentity);
}

interface Row {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly evr: string;
  readonly architecture: string;
  readonly source: string | null;
  readonly module: string | null;
  readonly vendor: string | null;
  readonly packager: string | null;
  readonly signature: string | null;
}

function rowOf(record: string): Row {
  const cells = record.split(FIELD);
  const [name = '', epoch = '', version = '', release = '', architecture = '', ...more] = cells;
  if (cells.length !== TAGS.length || name === '' || version === '') {
    throw new RpmAnswerError(`a record has ${cells.length} fields`);
  }
  const [source, module, vendor, packager, rsa, dsa] = more.map((cell) => (cell === NONE || cell === '' ? null : cell));
  return {
    name,
    version,
    release,
    evr: versionText(epoch, version, release),
    // Keys have none.
    architecture: architecture === NONE ? 'noarch' : architecture,
    source: source ?? null,
    module: module ?? null,
    vendor: vendor ?? null,
    packager: packager ?? null,
    signature: rsa ?? dsa ?? null,
  };
}

function installedOf(row: Row, keys: readonly Row[]): InstalledPackage {
  const module = row.module?.split(':').slice(0, 2).join(':');
  const vendor = row.vendor ?? signerOf(row, keys);
  return {
    name: row.name,
    version: row.evr,
    architecture: row.architecture,
    ...sourceOf(row.source, row.name, row.evr),
    state: 'installed',
    hold: false,
    origins: null,
    ...(module === undefined ? {} : { module }),
    ...(vendor === null ? {} : { vendor }),
  };
}

/** Whom the key that signed a package names; rpm keeps a key under the end of its id. // rpmkeys(8) */
function signerOf({ signature }: Row, keys: readonly Row[]): string | null {
  const id = /Key ID ([0-9a-f]{8,})$/.exec(signature ?? '')?.[1];
  if (id === undefined) return null;
  return keys.find(({ version }) => id.endsWith(version.slice(-id.length)))?.packager ?? null;
}

function byIdentity(a: InstalledPackage, b: InstalledPackage): number {
  return (
    compareText(a.name, b.name) || compareText(a.architecture, b.architecture) || compareText(a.version, b.version)
  );
}
