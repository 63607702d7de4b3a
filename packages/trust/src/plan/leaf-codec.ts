import {
  type BackupEvidence,
  CHECKLIST_ITEMS_MAX,
  CHECKLIST_STEPS,
  checklistFault,
  type FurtherChecks,
  type HealthProfile,
  type Interval,
  ITEM_EVIDENCE,
  type Leaf,
  MANAGED_ECOSYSTEMS,
  type ManualLeaf,
  type ManualParts,
  manualLeaf,
  type PlanLeaf,
} from '@patchsteward/core/plan';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { accepted, type Outcome, unreadable } from '../refusal.ts';
import { checked, type Decoder, list, nullable, record, variant } from '../strict/decoder.ts';
import { decodeDocument, encodeDocument } from '../strict/document.ts';
import { filePath, login, loopbackUrl, productName, productVersion, unitName } from '../strict/names.ts';
import { hashText, instant, instantText, oneOf, saying, uuid, whole } from '../strict/scalars.ts';
import { changes, rollback } from './change-codec.ts';
import { undoes } from './undoes.ts';

/** 10,000 changes and as many to undo them, at about 400 bytes. */
export const LEAF_BYTES_MAX = 12 * 1024 * 1024;
const WAVES_MAX = 1_000;
const UNITS_MAX = 1_000;
const PORTS_MAX = 1_000;
const URLS_MAX = 100;
const FILES_MAX = 100;
/** A host that logs more errors than this while it is watched is not told apart from one that logs them for ever. */
const ERROR_LINES_MAX = 1_000_000;
/** Three windows are the rule; a year of daily ones is the edge of sense. */
const INTERVALS_MAX = 366;
const WATCH_MS_MAX = DAY_MS;
const ROLLBACK_GRACE_MS_MAX = 7 * DAY_MS;

const itself = (text: string): string => text;

const interval: Decoder<Interval> = checked(
  record({ from: instant, until: instant }),
  ({ from, until }) => from < until,
);

const intervals: Decoder<readonly Interval[]> = checked(
  list(interval, { countMin: 1, countMax: INTERVALS_MAX, rising: ({ from }) => from }),
  areDisjoint,
);

function areDisjoint(spans: readonly Interval[]): boolean {
  return spans.every(({ from }, index) => from >= (spans[index - 1]?.until ?? 0));
}

const checks = {
  units: list(unitName, { countMax: UNITS_MAX, rising: itself }),
  ports: list(whole(1, 65_535), { countMax: PORTS_MAX, rising: (port: number) => port }),
  urls: list(loopbackUrl, { countMax: URLS_MAX, rising: itself }),
};
const files = list(filePath, { countMax: FILES_MAX, rising: itself });
const plainHealth = record({ ...checks, watchMs: whole(0, WATCH_MS_MAX) });
const fullHealth = record({
  ...checks,
  watchMs: whole(0, WATCH_MS_MAX),
  further: checked(
    record({ files, errorLinesMax: nullable(whole(0, ERROR_LINES_MAX)), wanted: record({ ...checks, files }) }),
    saysSomething,
  ),
});

/** Work orders were signed before there were further checks; one that has none has the bytes that it had then. */
const health: Decoder<HealthProfile> = (value, path) =>
  typeof value === 'object' && value !== null && 'further' in value
    ? fullHealth(value, path)
    : plainHealth(value, path);

/** Nothing is said in one way only: by leaving it out. */
function saysSomething({ files: required, errorLinesMax, wanted }: FurtherChecks): boolean {
  const told = [wanted.units, wanted.ports, wanted.urls, wanted.files, required];
  return errorLinesMax !== null || told.some(({ length }) => length > 0);
}

const backup: Decoder<BackupEvidence> = variant('kind', {
  proof: record({ kind: oneOf(['proof']), proof: hashText }),
  waiver: record({ kind: oneOf(['waiver']), waiver: hashText }),
  'not-needed': record({ kind: oneOf(['not-needed']) }),
});

/** On the wire a leaf says what it is. */
const wireLeaf = checked(
  record({
    type: oneOf(['leaf']),
    ecosystem: oneOf(MANAGED_ECOSYSTEMS),
    assetId: uuid,
    wave: whole(0, WAVES_MAX),
    changes,
    restarts: list(unitName, { countMax: UNITS_MAX, rising: itself }),
    reboot: oneOf(['never', 'if-needed']),
    intervals,
    health,
    backup,
    rollback,
    rollbackGraceMs: whole(0, ROLLBACK_GRACE_MS_MAX),
  }),
  undoes,
);

/** A type of its own: no runner takes it for an order to itself. */
const wireManualLeaf = checked(
  record({
    type: oneOf(['manual-leaf']),
    assetId: uuid,
    wave: whole(0, WAVES_MAX),
    product: productName,
    from: productVersion,
    to: productVersion,
    person: login,
    checklist: checked(
      list(record({ step: oneOf(CHECKLIST_STEPS), text: saying, evidence: oneOf(ITEM_EVIDENCE) }), {
        countMin: 1,
        countMax: CHECKLIST_ITEMS_MAX,
      }),
      (items) => checklistFault(items) === null,
    ),
    intervals,
    backup,
  }),
  ({ from, to }) => from !== to,
);

/** The canonical bytes of a work order: what is hashed into the plan, and what travels to its host. // decided 9 */
export function encodeLeaf(leaf: PlanLeaf): Uint8Array {
  return 'executor' in leaf
    ? encodeDocument(wireManual(leaf), wireManualLeaf, LEAF_BYTES_MAX)
    : encodeDocument(wireOf(leaf), wireLeaf, LEAF_BYTES_MAX);
}

const wirePlanLeaf = variant('type', { leaf: wireLeaf, 'manual-leaf': wireManualLeaf });

/** For whoever reads a whole plan. */
export function decodePlanLeaf(bytes: Uint8Array): Outcome<PlanLeaf> {
  const read = decodeDocument(bytes, wirePlanLeaf, LEAF_BYTES_MAX);
  if (!read.ok) return unreadable('leaf-unreadable', read.fault);
  if (read.value.type === 'leaf') {
    const { type: _, ...leaf } = read.value;
    return accepted(leaf);
  }
  const { type: _, ...parts } = read.value;
  return accepted(manualLeaf(parts));
}

/** For a host, which acts on its own kind alone: the work order of a person is unreadable to it. */
export function decodeLeaf(bytes: Uint8Array): Outcome<Leaf> {
  const read = decodeDocument(bytes, wireLeaf, LEAF_BYTES_MAX);
  if (!read.ok) return unreadable('leaf-unreadable', read.fault);
  const { type: _, ...leaf } = read.value;
  return accepted(leaf);
}

function wireOf(leaf: Leaf) {
  return { type: 'leaf', ...leaf, intervals: spansOf(leaf) };
}

function wireManual(leaf: ManualLeaf) {
  const [change] = leaf.changes;
  if (change === undefined || change.from === null || change.to === null) {
    throw new RangeError(`The work order of ${leaf.assetId} names no step of a product.`);
  }
  const { assetId, wave, person, checklist, backup: backedUp } = leaf;
  const parts = { assetId, wave, product: change.name, from: change.from, to: change.to, person, checklist };
  return { type: 'manual-leaf', ...parts, backup: backedUp, intervals: spansOf(leaf) } satisfies Omit<
    ManualParts,
    'intervals'
  > & { readonly type: string; readonly intervals: unknown };
}

function spansOf({ intervals: spans }: PlanLeaf) {
  return spans.map(({ from, until }) => ({ from: instantText(from), until: instantText(until) }));
}
