import { type Claim, rangesOfEvents } from '@patchsteward/core/1-identification';
import type { VersionOrder } from '@patchsteward/core/versions';

/** Which versions a text speaks of. */
export type VersionStatement = Pick<Claim, 'ranges' | 'versions'>;

const EVERY_VERSION: VersionStatement = { ranges: [], versions: [] };

/** `vers:generic/>=1.0|<2.0`. // VERS: scheme, then constraints */
const VERS = /^vers:([a-z][\w.-]*)\/(.*)$/is;

/** Schemes of vers that promise no order of their own. */
const FREE_SCHEMES = new Set(['all', 'generic', 'intdot', 'none', 'unknown']);

/** Ways in which vendors write that every version is meant. */
const ALL = /^(?:\*|all|all versions?)$/i;

/** A version alone, without words that only its vendor understands (`with Virtual NGFW V11`). */
const VERSION = /^v?\d[\w.+~()[\]:-]*$/i;

const CONSTRAINT = /^(<=|>=|<|>|!=|=)?\s*(.+)$/s;

/** More constraints are in no range; each costs comparisons. */
const CONSTRAINTS_MAX = 500;

/**
 * What the name of a `product_version_range` means: the notation vers, or what vendors write instead of it. A text where
 * it cannot be read for certain; nothing is guessed. // CSAF 2.0 §3.1.2.3.2
 */
export function versionsOfRange(
  text: string,
  order: VersionOrder,
  schemes: readonly string[],
): VersionStatement | string {
  const [, scheme, listed] = VERS.exec(text.trim()) ?? [];
  if (scheme !== undefined && !FREE_SCHEMES.has(scheme.toLowerCase()) && !schemes.includes(scheme.toLowerCase())) {
    return `its range is of the order ${scheme}, which is not that of the product`;
  }
  const body = listed ?? text.trim();
  if (ALL.test(body)) return EVERY_VERSION;
  const parts = body.split('|').map((part) => part.trim());
  if (parts.length > CONSTRAINTS_MAX) return `its range has more than ${CONSTRAINTS_MAX} parts`;
  const constraints: Constraint[] = [];
  for (const part of parts) {
    const read = constraintOf(part, order);
    if (read === null) return `"${text}" is no range that can be read for certain`;
    constraints.push(read);
  }
  return statementOf(constraints, order);
}

interface Constraint {
  readonly kind: 'below' | 'up-to' | 'from' | 'exactly';
  readonly version: string;
}

const KINDS: Readonly<Record<string, Constraint['kind']>> = {
  '<': 'below',
  '<=': 'up-to',
  '>=': 'from',
  '=': 'exactly',
};

/** null: it is no version, or excludes one, or begins behind one, which no interval of ours can say. */
function constraintOf(part: string, order: VersionOrder): Constraint | null {
  const [, comparator = '=', name = ''] = CONSTRAINT.exec(part) ?? [];
  const kind = KINDS[comparator];
  const version = name.includes('%') ? unescaped(name) : name;
  if (kind === undefined || !VERSION.test(version) || !order.isValid(version)) return null;
  return { kind, version };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not encoded after all: as it stands it is no version either, and that is refused.
    return '';
  }
}

/** A row that ends before it begins (`<2.0|>=3.0|<3.5`) means everything up to its first end as well. */
function statementOf(constraints: readonly Constraint[], order: VersionOrder): VersionStatement {
  const bounds = constraints
    .filter(({ kind }) => kind !== 'exactly')
    .sort((a, b) => order.compare(a.version, b.version));
  const versions = constraints.filter(({ kind }) => kind === 'exactly').map(({ version }) => version);
  const first = bounds[0];
  if (first === undefined) return { ranges: [], versions };
  const events = bounds.map(({ kind, version }) => {
    if (kind === 'from') return { introduced: version };
    return kind === 'below' ? { fixed: version } : { last_affected: version };
  });
  const opening = first.kind === 'from' ? [] : [{ introduced: '0' }];
  return { ranges: rangesOfEvents([...opening, ...events], order), versions };
}
