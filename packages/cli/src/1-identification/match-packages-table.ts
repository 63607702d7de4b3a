import { type Component, PRODUCT_SCOPE, packageTypeOf, productKey } from '@patchsteward/core/1-identification';
import { ENTRIES_MAX, type PackageList, type RefusedEntry } from '@patchsteward/standards/bill-of-materials';

/** What a table may say of a package; `package` and `version` it must. */
const COLUMNS = [
  ...(['package', 'version', 'architecture', 'source', 'source_version', 'status', 'module', 'type'] as const),
  /** Of a product that is no package: type `product`. */
  'vendor',
] as const;
type Column = (typeof COLUMNS)[number];
type Row = Readonly<Partial<Record<Column, string>>>;

/** The order of the columns where rpm wrote them, which prints no names. */
const RPM_COLUMNS: readonly Column[] = ['package', 'version', 'architecture', 'module'];
/** `0:5.1.8-6.el9`: rpm's own `%{EPOCHNUM}:%{VERSION}-%{RELEASE}`. */
const RPM_VERSION = /^\d+:[^:]+-[^-]+$/;
/** What rpm prints for a tag that a package does not have. */
const RPM_NONE = '(none)';

/**
 * Reads a table with tabs: with the names of its columns in the first line, or as `rpm --queryformat` writes it. A text
 * where it cannot be used as a whole.
 */
export function readPackageTable(text: string, release: string | null): PackageList | string {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.length > ENTRIES_MAX) return `it has more than ${ENTRIES_MAX} lines`;
  const first = lines[0]?.split('\t') ?? [];
  const named = first.includes('package') && first.includes('version');
  if (!named && !RPM_VERSION.test(first[1] ?? '')) {
    // The plain output of rpm leaves the epoch out, and without it every package that has one would look too old.
    return 'it is no table with the columns package and version, nor what rpm prints in the form that the help shows';
  }
  const columns = named ? first : RPM_COLUMNS;
  const components: Component[] = [];
  const refused: RefusedEntry[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '' || (named && index === 0)) continue;
    const cells = line.split('\t');
    const row: Row = Object.fromEntries(columns.map((column, at) => [column, cells[at]?.trim() ?? '']));
    const component = componentOf(row, named ? null : 'rpm', release);
    if (typeof component === 'string') refused.push({ entry: `line ${index + 1}`, problem: component });
    else if (component !== null) components.push(component);
  }
  return components.length === 0 ? 'it lists no package' : { components, refused };
}

/** null: the package is not installed. A text: the row names none. */
function componentOf(row: Row, told: string | null, release: string | null): Component | null | string {
  const name = row.package ?? '';
  if (name === '') return 'it names no package';
  // The second letter of dpkg's state: `n` is not installed, `c` has left its configuration alone. // dpkg-query(1)
  if (/^.[nc]/.test(row.status ?? '')) return null;
  const type = present(row.type) ?? told ?? (release === null ? null : packageTypeOf(release));
  if (type === null) return 'nobody says what kind of package it is: say it with --distro, or in a column "type"';
  const version = present(row.version);
  const source = present(row.source);
  return {
    type,
    name: type === PRODUCT_SCOPE ? productKey(row.vendor ?? '', name) : name,
    version,
    architecture: present(row.architecture),
    source:
      source === null || version === null ? null : { name: source, version: present(row.source_version) ?? version },
    release: type === 'deb' || type === 'rpm' || type === 'apk' ? release : null,
    module: present(row.module)?.split(':').slice(0, 2).join(':') ?? null,
    owner: null,
  };
}

function present(cell: string | undefined): string | null {
  return cell === undefined || cell === '' || cell === RPM_NONE ? null : cell;
}
