import type { PackageChange } from './change.ts';
import type { CompiledPlan, ManualChange, PlanAsset, PlanFacts } from './facts.ts';
import type { ManualLeaf, PlanLeaf } from './leaf.ts';
import { faults, type PlanFault } from './plan-fault.ts';

interface Order {
  readonly leaf: PlanLeaf;
  readonly asset: PlanAsset;
}

/** Each work order does what was verified, tested and backed up, and nothing beside it. */
export function checkLeaves(plan: CompiledPlan, facts: PlanFacts): PlanFault[] {
  const assets = new Map(facts.assets.map((asset) => [asset.assetId, asset]));
  const orders = plan.leaves.flatMap((leaf): Order[] => {
    const asset = assets.get(leaf.assetId);
    return asset === undefined ? [] : [{ leaf, asset }];
  });
  const broken = (holds: (order: Order) => boolean) =>
    orders.filter((order) => !holds(order)).map(({ leaf }) => leaf.assetId);
  return [
    ...faults('transaction-differs', broken(isAsVerified)),
    ...faults('way-back-differs', broken(goesBackAsVerified)),
    ...faults(
      'not-an-upgrade',
      broken(({ leaf }) => isUpgrade(leaf.changes)),
    ),
    ...faults(
      'backup-missing',
      broken((order) => isBackedUp(order, facts)),
    ),
    ...faults(
      'grace-not-earned',
      broken((order) => hasEarnedGrace(order, facts)),
    ),
    ...(facts.kind === 'production' ? checkPairs(orders, plan, facts) : []),
  ];
}

function isAsVerified({ leaf, asset }: Order): boolean {
  if ('executor' in leaf) return isAsAsked(leaf, asset.manual);
  return asset.manual === undefined && sameChanges(leaf.changes, asset.transaction?.changes ?? []);
}

/** The product, the person and every word of the checklist. */
function isAsAsked({ changes, person, checklist }: ManualLeaf, asked: ManualChange | undefined): boolean {
  const [change, ...more] = changes;
  if (asked === undefined || change === undefined || more.length > 0) return false;
  const { product, from, to } = asked;
  const words = [person, ...checklist.flatMap((item) => [item.step, item.text, item.evidence])];
  const wanted = [asked.person, ...asked.checklist.flatMap((item) => [item.step, item.text, item.evidence])];
  return (
    JSON.stringify([change.name, change.from, change.to, ...words]) ===
      JSON.stringify([product, from, to, ...wanted]) && change.sha256 === null
  );
}

function goesBackAsVerified({ leaf, asset }: Order): boolean {
  if ('executor' in leaf) return leaf.rollback.kind === 'none';
  const wanted = asset.transaction?.rollback;
  if (wanted?.kind !== 'downgrade' || leaf.rollback.kind !== 'downgrade') return leaf.rollback.kind === wanted?.kind;
  return sameChanges(leaf.rollback.changes, wanted.changes);
}

function sameChanges(some: readonly PackageChange[], others: readonly PackageChange[]): boolean {
  const texts = (changes: readonly PackageChange[]) =>
    changes
      .map(({ name, architecture, from, to, sha256, sizeBytes, origin }) =>
        JSON.stringify([name, architecture, from, to, sha256, sizeBytes, origin]),
      )
      .sort();
  return texts(some).join('\n') === texts(others).join('\n');
}

// decided 31
function isUpgrade(changes: readonly PackageChange[]): boolean {
  const newer = changes.filter(({ from, to }) => from !== null && to !== null && from !== to);
  const added = changes.filter(({ from, to }) => from === null && to !== null);
  return newer.length > 0 && newer.length + added.length === changes.length;
}

// SOP P4
function isBackedUp({ leaf, asset }: Order, { kind }: PlanFacts): boolean {
  if (kind === 'test') return true;
  return leaf.backup.kind !== 'not-needed' && JSON.stringify(leaf.backup) === JSON.stringify(asset.backup);
}

// decided 30
function hasEarnedGrace({ leaf, asset }: Order, { kind, lane, policy, proven }: PlanFacts): boolean {
  if (leaf.rollbackGraceMs === 0) return true;
  if (leaf.rollbackGraceMs > policy.lanes[lane].rollbackGraceMs || leaf.rollback.kind !== 'downgrade') return false;
  return (
    kind === 'test' ||
    leaf.changes.every((change) =>
      proven.some((pair) => pair.rehearsed && pair.verified > 0 && isThatPair(pair, change, asset.scope)),
    )
  );
}

type Step = Pick<PackageChange, 'name' | 'architecture' | 'from' | 'to'>;

function isThatPair(pair: Step & { readonly scope: string }, step: Step, scope: string): boolean {
  return (
    pair.name === step.name &&
    pair.architecture === step.architecture &&
    pair.from === step.from &&
    pair.to === step.to &&
    pair.scope === scope
  );
}

// decided 15
function checkPairs(orders: readonly Order[], { untested }: CompiledPlan, facts: PlanFacts): PlanFault[] {
  const { provenHostsMin } = facts.policy.lanes[facts.lane];
  const steps = orders.flatMap(({ leaf, asset }) =>
    leaf.changes.map((change) => {
      const pair = facts.proven.find((one) => isThatPair(one, change, asset.scope));
      const isProven = pair !== undefined && pair.verified > 0 && pair.verified >= Math.min(provenHostsMin, pair.tried);
      return { change, scope: asset.scope, assetId: leaf.assetId, isProven };
    }),
  );
  const unproven = steps.filter(({ isProven }) => !isProven);
  const isIn = (list: PlanFacts['acceptedUntested'], { change, scope }: (typeof steps)[number]) =>
    list.some((pair) => isThatPair(pair, change, scope));
  return [
    ...faults(
      'pair-not-proven',
      unproven.filter((step) => !isIn(facts.acceptedUntested, step)).map(({ assetId }) => assetId),
    ),
    ...faults(
      'untested-not-named',
      unproven.filter((step) => !isIn(untested, step)).map(({ change }) => change.name),
    ),
  ];
}
