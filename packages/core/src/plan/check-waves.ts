import { CRITICALITIES, type Instant } from '../vocabulary/index.ts';
import type { CompiledPlan, PlanAsset, PlanFacts } from './facts.ts';
import type { PlanLeaf } from './leaf.ts';
import { faults, type PlanFault } from './plan-fault.ts';

interface Placed<Asset = PlanAsset> {
  readonly leaf: PlanLeaf;
  readonly asset: Asset;
}

/** Waves are as large as evidence bears out, take no group or class whole, and go by criticality, one after the other. */
export function checkWaves({ leaves }: CompiledPlan, facts: PlanFacts): PlanFault[] {
  const placed = placedOf(leaves, facts.assets);
  const waves = wavesOf(placed);
  return [
    ...checkWaveShape(leaves, facts),
    ...checkSizes(waves, placed, facts),
    ...checkClasses(waves),
    ...checkOrder(waves, facts),
  ];
}

/** What waves are read against by whoever signs: what the ring proved is not known there. */
export type ShapeFacts = Pick<PlanFacts, 'lane' | 'policy'> & { readonly assets: readonly ShapeAsset[] };
type ShapeAsset = Pick<PlanAsset, 'assetId' | 'expectedMs' | 'redundancyGroups'>;

/** Waves are counted from 1, take no group whole, and each waits until the one before was watched. */
export function checkWaveShape(leaves: readonly PlanLeaf[], facts: ShapeFacts): PlanFault[] {
  const placed = placedOf(leaves, facts.assets);
  const waves = wavesOf(placed);
  const uncounted = placed.some(({ leaf }) => leaf.wave < 1) || waves.some((wave) => wave.length === 0);
  return [
    ...faults('waves-not-counted', uncounted ? [String(waves.length)] : []),
    ...checkGroups(placed, facts),
    ...checkPace(waves, facts),
  ];
}

function placedOf<Asset extends { readonly assetId: string }>(
  leaves: readonly PlanLeaf[],
  known: readonly Asset[],
): Placed<Asset>[] {
  const assets = new Map(known.map((asset) => [asset.assetId, asset]));
  return leaves.flatMap((leaf): Placed<Asset>[] => {
    const asset = assets.get(leaf.assetId);
    return asset === undefined ? [] : [{ leaf, asset }];
  });
}

/** No more than there are hosts: a number out of a hostile plan must not make a million empty ones. */
function wavesOf<Asset>(placed: readonly Placed<Asset>[]): Placed<Asset>[][] {
  const count = Math.min(
    placed.reduce((highest, { leaf }) => Math.max(highest, leaf.wave), 0),
    placed.length + 1,
  );
  return Array.from({ length: count }, (_, index) => placed.filter(({ leaf }) => leaf.wave === index + 1));
}

// rollout-and-trust §2.4
function checkSizes(
  waves: readonly Placed[][],
  placed: readonly Placed[],
  { lane, policy, proven }: PlanFacts,
): PlanFault[] {
  const { expectedFailures, waveShareMax } = policy.lanes[lane];
  const verified = placed.flatMap(({ leaf, asset }) =>
    leaf.changes.map(
      (step) =>
        proven.find(
          (pair) =>
            pair.scope === asset.scope &&
            pair.name === step.name &&
            pair.architecture === step.architecture &&
            pair.from === step.from &&
            pair.to === step.to,
        )?.verified ?? 0,
    ),
  );
  let clean = Math.max(
    1,
    verified.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY),
  );
  const tooLarge: string[] = [];
  for (const [index, wave] of waves.entries()) {
    const sizeMax = Math.max(1, Math.min((expectedFailures * clean) / 3, placed.length * waveShareMax));
    if (wave.length > sizeMax) tooLarge.push(String(index + 1));
    clean += wave.length;
  }
  return faults('wave-too-large', tooLarge);
}

function checkGroups(placed: readonly Placed<ShapeAsset>[], { lane, policy }: ShapeFacts): PlanFault[] {
  const members = Map.groupBy(
    placed.flatMap(({ leaf, asset }) => asset.redundancyGroups.map((group) => ({ group, wave: leaf.wave }))),
    ({ group }) => group,
  );
  const taken = [...members].filter(([, list]) => {
    const atOnce = Math.max(1, list.length * policy.lanes[lane].waveShareMax);
    return [...Map.groupBy(list, ({ wave }) => wave).values()].some((together) => together.length > atOnce);
  });
  return faults(
    'wave-takes-group',
    taken.map(([group]) => group),
  );
}

function checkClasses(waves: readonly Placed[][]): PlanFault[] {
  const likeness = ({ leaf, asset }: Placed) =>
    [
      asset.scope,
      asset.role ?? '',
      ...leaf.changes.map((one) => `${one.name} ${one.architecture} ${one.from} ${one.to}`).sort(),
    ].join('\n');
  const whole: string[] = [];
  const later = new Set<string>();
  for (const [index, wave] of [...waves.entries()].toReversed()) {
    const kinds = Map.groupBy(wave, likeness);
    for (const [kind, list] of kinds) if (list.length > 1 && !later.has(kind)) whole.push(String(index + 1));
    for (const kind of kinds.keys()) later.add(kind);
  }
  return faults('wave-takes-class', whole);
}

// SOP checklist c15
function checkOrder(waves: readonly Placed[][], facts: PlanFacts): PlanFault[] {
  const weightOf = ({ asset }: Placed) =>
    (startsBeforeDue(asset, facts) ? CRITICALITIES.length : 0) + CRITICALITIES.indexOf(asset.criticality);
  const overtaken: string[] = [];
  let lightestBefore = Number.POSITIVE_INFINITY;
  for (const wave of waves) {
    const weighed = wave.map((one) => ({ assetId: one.leaf.assetId, weight: weightOf(one) }));
    overtaken.push(...weighed.filter(({ weight }) => weight > lightestBefore).map(({ assetId }) => assetId));
    lightestBefore = weighed.reduce((lightest, { weight }) => Math.min(lightest, weight), lightestBefore);
  }
  return faults('wave-out-of-order', overtaken);
}

/** Whether its windows alone let it be done in time: whoever cannot must not keep the others waiting. */
function startsBeforeDue({ expectedMs, extraordinary, maintenanceGroup }: PlanAsset, facts: PlanFacts): boolean {
  const { due, lane, notBefore, now, policy, windows } = facts;
  const { authority, noticeMs, startReserveMs } = policy.lanes[lane];
  const { expectedDurationMs, guardMs, startSpanMinMs } = policy.schedule;
  const takesMs = expectedMs ?? expectedDurationMs;
  const earliest = Math.max(now + noticeMs, notBefore);
  const authorityEnd = (authority.from === 'due' ? Math.max(due, now) : now) + authority.forMs;
  return joined([...(windows[maintenanceGroup ?? ''] ?? []), ...extraordinary]).some(({ from, until }) => {
    const lastOfWindow = until - guardMs - takesMs - startReserveMs;
    if (lastOfWindow - (from + guardMs) < startSpanMinMs) return false;
    const first = Math.max(from + guardMs, earliest);
    const last = Math.min(lastOfWindow, authorityEnd - takesMs - startReserveMs);
    return last - first >= startSpanMinMs && first + takesMs <= due;
  });
}

/** Windows that touch are one. */
function joined(windows: readonly { readonly from: Instant; readonly until: Instant }[]) {
  const result: { from: Instant; until: Instant }[] = [];
  for (const { from, until } of windows.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until);
    else result.push({ from, until });
  }
  return result;
}

/** A hostile server cannot press the waves together: their first starts are apart in what is signed. */
function checkPace(waves: readonly Placed<ShapeAsset>[][], { lane, policy }: ShapeFacts): PlanFault[] {
  let watchedUntil = 0;
  const early: string[] = [];
  for (const wave of waves) {
    early.push(
      ...wave
        .filter(({ leaf }) => leaf.intervals.some(({ from }) => from < watchedUntil))
        .map(({ leaf }) => leaf.assetId),
    );
    for (const { leaf, asset } of wave) {
      const done = (leaf.intervals[0]?.from ?? 0) + (asset.expectedMs ?? policy.schedule.expectedDurationMs);
      watchedUntil = Math.max(watchedUntil, done + policy.lanes[lane].waveSoakMs);
    }
  }
  return faults('wave-too-early', early);
}
