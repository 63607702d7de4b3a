import { subscriptionNeeded } from '@patchsteward/core/1-identification';
import type { Severity } from '@patchsteward/core/policy';
import type { FindingUrgencyRow, FleetGroupRow, HolderRow, LiveFindingRow, OverlapRow } from './fleet-group-store.ts';
import { type HeldUrgency, moreUrgent, type Urgency } from './fleet-urgency.ts';
import { intelligenceOf } from './knowledge.ts';

/** `unknown` stands where its clock puts it: above everything but `critical`. */
const GRAVEST_FIRST: readonly Severity[] = ['critical', 'unknown', 'high', 'medium', 'low', 'none'];
/** Names of advisories kept of a group: a kernel has hundreds, and whoever looks for one asks for it by its name. */
const ADVISORIES_KEPT_MAX = 20;
/** The place of the sums over all releases, or all environments. */
const ALL = '';

type Kind = FleetGroupRow['kind'];

/** What a finding adds to the groups that it is in. */
interface Told {
  readonly vulnerability: string;
  readonly source: string;
  readonly scope: string;
  readonly severity: Severity;
  readonly knownExploited: boolean;
  readonly epss: number;
  readonly feed: string;
  readonly advisory: string;
  readonly fix: 'offered' | 'not-offered' | 'needs-subscription' | 'no-fix';
}

/** By whom a finding is held. */
interface Held {
  readonly urgency: Urgency;
  readonly assets: number;
  /** Of them, those that are offered a fix. */
  readonly offered: number;
  /** The asset on which somebody answers for it; null: nobody does. */
  readonly answered: string | null;
}

/** A group while it is counted. */
interface Cell {
  readonly kind: Kind;
  readonly name: string;
  readonly scope: string;
  readonly environment: string;
  assets: number;
  /** Of them, those that are offered a fix, and those that were counted more than once. */
  offered: number;
  overlap: number;
  urgency: Urgency;
  /** Assets on which somebody answers for something of it. */
  readonly answered: Set<string>;
  severity: Severity;
  knownExploited: boolean;
  epss: number;
  readonly vulnerabilities: Set<string>;
  readonly sources: Set<string>;
  readonly scopes: Set<string>;
  readonly feeds: Set<string>;
  readonly advisories: Set<string>;
  readonly fixes: Set<Told['fix']>;
}

/** The most urgent of one vulnerability in one source package on one release, and behind how many it stands. */
interface Worst {
  readonly told: Told;
  readonly urgency: Urgency;
  readonly holds: number;
  readonly offered: number;
}

/**
 * Findings over the fleet by vulnerability and by source package: a cell for each release and environment, and their
 * sums. An asset has one release and one environment, so that cells add up; that it has something in two versions is
 * taken off again.
 */
export class FleetGroups {
  private readonly cells = new Map<string, Cell>();
  private readonly worst = new Map<string, Worst>();
  /** Source versions whose assets stand in the cell of their source already. */
  private readonly placed = new Set<number>();
  private readonly urgencyOf: (row: LiveFindingRow, holder: HolderRow) => HeldUrgency;

  constructor(urgencyOf: (row: LiveFindingRow, holder: HolderRow) => HeldUrgency) {
    this.urgencyOf = urgencyOf;
  }

  add(row: LiveFindingRow, holders: readonly HolderRow[]): void {
    const told = toldBy(row);
    const first = !this.placed.has(row.source_version_id);
    this.placed.add(row.source_version_id);
    for (const holder of holders) {
      const urgency = this.urgencyOf(row, holder);
      const { environment, assets } = holder;
      const answered = urgency.answered ? holder.answered : null;
      const offered = isOffered(row, holder) ? assets : 0;
      const held = { urgency, answered, offered };
      this.count({ kind: 'vulnerability', name: told.vulnerability, environment }, told, { ...held, assets });
      this.count({ kind: 'source', name: told.source, environment }, told, { ...held, assets: first ? assets : 0 });
      const key = `${told.vulnerability} ${told.source} ${told.scope}`;
      const before = this.worst.get(key);
      this.worst.set(key, {
        told,
        urgency: before === undefined ? urgency : moreUrgent(before.urgency, urgency),
        holds: (before?.holds ?? 0) + assets,
        offered: (before?.offered ?? 0) + offered,
      });
    }
  }

  /** Every asset that was counted more than once. */
  takeOff({ kind, name, scope, environment, assets }: OverlapRow): void {
    const cell = this.cells.get(keyOf(kind, name, scope, environment));
    if (cell === undefined) return;
    cell.assets -= assets;
    cell.overlap += assets;
  }

  /** The cells and their sums. */
  rows(): FleetGroupRow[] {
    const sums = new Map<string, Cell>();
    for (const cell of this.cells.values()) {
      for (const scope of [cell.scope, ALL]) {
        for (const environment of [cell.environment, ALL]) {
          const key = keyOf(cell.kind, cell.name, scope, environment);
          const sum = sums.get(key);
          if (sum === undefined) sums.set(key, copyOf(cell, scope, environment));
          else join(sum, cell);
        }
      }
    }
    return [...sums.values()].map(rowOf);
  }

  urgencyRows(): FindingUrgencyRow[] {
    return [...this.worst.values()].map(({ told, urgency, holds, offered }) => ({
      ...{ vulnerability: told.vulnerability, source: told.source, scope: told.scope },
      ...{ severity: told.severity, fix: told.fix, lane: urgency.lane, due: textOf(urgency.due), holds, offered },
    }));
  }

  private count(
    { kind, name, environment }: Pick<Cell, 'kind' | 'name' | 'environment'>,
    told: Told,
    held: Held,
  ): void {
    const key = keyOf(kind, name, told.scope, environment);
    let cell = this.cells.get(key);
    if (cell === undefined) {
      cell = { ...emptyCell(told, held.urgency), kind, name, scope: told.scope, environment };
      this.cells.set(key, cell);
    }
    tell(cell, told, held);
  }
}

function toldBy(row: LiveFindingRow): Told {
  const { severity, epss, knownExploited } = intelligenceOf(row);
  return {
    ...{ vulnerability: row.vulnerability, source: row.source, scope: row.scope },
    ...{ severity, knownExploited: knownExploited !== null, epss: epss?.score ?? 0 },
    ...{ feed: row.feed, advisory: row.advisory, fix: fixOf(row) },
  };
}

function fixOf(row: LiveFindingRow): Told['fix'] {
  if (row.fixed === null) return 'no-fix';
  if (row.offered) return 'offered';
  const version = { scope: row.scope, source: row.source, sourceVersion: row.version };
  const needed = subscriptionNeeded(version, { fixed: row.fixed, winner: { scope: row.claim_scope } });
  return needed === null ? 'not-offered' : 'needs-subscription';
}

/** Keys in hex are in the order of versions, as their bytes are. */
function isOffered({ fixed_key: fixed }: LiveFindingRow, { offered }: HolderRow): boolean {
  return fixed !== null && offered !== null && offered >= fixed;
}

function emptyCell({ severity }: Told, urgency: Urgency) {
  return {
    ...{ assets: 0, offered: 0, overlap: 0, urgency, severity, knownExploited: false, epss: 0 },
    answered: new Set<string>(),
    vulnerabilities: new Set<string>(),
    sources: new Set<string>(),
    scopes: new Set<string>(),
    feeds: new Set<string>(),
    advisories: new Set<string>(),
    fixes: new Set<Told['fix']>(),
  };
}

function tell(cell: Cell, told: Told, { urgency, assets, offered, answered }: Held): void {
  cell.assets += assets;
  cell.offered += offered;
  if (answered !== null) cell.answered.add(answered);
  cell.urgency = moreUrgent(cell.urgency, urgency);
  cell.severity = graver(cell.severity, told.severity);
  cell.knownExploited ||= told.knownExploited;
  cell.epss = Math.max(cell.epss, told.epss);
  cell.vulnerabilities.add(told.vulnerability);
  cell.sources.add(told.source);
  cell.scopes.add(told.scope);
  cell.feeds.add(told.feed);
  if (cell.advisories.size < ADVISORIES_KEPT_MAX) cell.advisories.add(told.advisory);
  cell.fixes.add(told.fix);
}

function copyOf(cell: Cell, scope: string, environment: string): Cell {
  return {
    ...cell,
    ...{ scope, environment },
    answered: new Set(cell.answered),
    vulnerabilities: new Set(cell.vulnerabilities),
    sources: new Set(cell.sources),
    scopes: new Set(cell.scopes),
    feeds: new Set(cell.feeds),
    advisories: new Set(cell.advisories),
    fixes: new Set(cell.fixes),
  };
}

function join(sum: Cell, cell: Cell): void {
  sum.assets += cell.assets;
  sum.offered += cell.offered;
  sum.overlap += cell.overlap;
  sum.urgency = moreUrgent(sum.urgency, cell.urgency);
  sum.severity = graver(sum.severity, cell.severity);
  sum.knownExploited ||= cell.knownExploited;
  sum.epss = Math.max(sum.epss, cell.epss);
  for (const one of cell.answered) sum.answered.add(one);
  for (const one of cell.vulnerabilities) sum.vulnerabilities.add(one);
  for (const one of cell.sources) sum.sources.add(one);
  for (const one of cell.scopes) sum.scopes.add(one);
  for (const one of cell.feeds) sum.feeds.add(one);
  for (const one of cell.advisories) if (sum.advisories.size < ADVISORIES_KEPT_MAX) sum.advisories.add(one);
  for (const one of cell.fixes) sum.fixes.add(one);
}

function rowOf(cell: Cell): FleetGroupRow {
  const { kind, name, scope, environment, assets, urgency, severity, knownExploited, epss } = cell;
  return {
    ...{ kind, name, scope, environment, assets, severity, epss },
    ...{ lane: urgency.lane, due: textOf(urgency.due), known_exploited: knownExploited },
    answered: cell.answered.size,
    vulnerabilities: cell.vulnerabilities.size,
    sources: [...cell.sources].sort(),
    scopes: [...cell.scopes].sort(),
    feeds: [...cell.feeds].sort(),
    advisories: [...cell.advisories].sort(),
    fixes: [...cell.fixes].sort(),
    offered_on: offeredOn(cell),
  };
}

/**
 * Of a source package it depends on the vulnerability. Where an asset has it in several versions, and some are offered their
 * fix, nobody counted on how many assets all of them are.
 */
function offeredOn({ kind, assets, offered, overlap }: Cell): number | null {
  if (kind === 'source') return null;
  if (overlap === 0 || offered === 0) return offered;
  return offered === assets + overlap ? assets : null;
}

function graver(one: Severity, other: Severity): Severity {
  return GRAVEST_FIRST.indexOf(one) <= GRAVEST_FIRST.indexOf(other) ? one : other;
}

function textOf(due: number): string {
  return new Date(due).toISOString();
}

/** Neither of them holds a line break. */
function keyOf(kind: Kind, name: string, scope: string, environment: string): string {
  return `${kind}\n${name}\n${scope}\n${environment}`;
}
