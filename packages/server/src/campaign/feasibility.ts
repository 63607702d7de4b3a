import type { CampaignFeasibility } from '@patchsteward/contract';
import { type CampaignState, productionOf } from '@patchsteward/core/campaign';
import { type Feasibility, feasibilityOf, offsetAt, type ZoneTable } from '@patchsteward/core/plan';
import type { Policy } from '@patchsteward/core/policy';
import { DAY_MS, type Instant, type ScopedAsset } from '@patchsteward/core/vocabulary';
import { zoneTable } from '@patchsteward/standards/zones';
import { type Extraordinary, readExtraordinary } from '../6-deployment/extraordinary-store.ts';
import { offsetText } from '../6-deployment/group-next.ts';
import { windowsOfGroups, zonesOfGroups } from '../6-deployment/group-windows.ts';
import type { Reader } from '../platform/database.ts';
import { reasonBody } from '../platform/http/reason-body.ts';

/** Which hosts of a campaign have a window before they are due. null: nobody knows yet when that is. */
export async function readFeasibility(
  db: Reader,
  state: CampaignState,
  policy: Policy,
  now: Instant,
): Promise<CampaignFeasibility | null> {
  const { lane, due, id } = state;
  if (lane === null || due === null) return null;
  const figures = policy.lanes[lane];
  const until = (figures.authority.from === 'due' ? Math.max(due, now) : now) + figures.authority.forMs + DAY_MS;
  const notBefore = earliestOf(state, figures, now);
  const windows = await windowsOfGroups(db, now, until);
  const zones = await zonesOfGroups(db);
  const extraordinary = await readExtraordinary(db, id);
  const tables = new Map<string, ZoneTable>();
  const hosts = productionOf(state).map((asset) => {
    const zone = zones[asset.maintenanceGroup ?? ''] ?? 'UTC';
    const table = tables.get(zone) ?? zoneTable(zone, now, until);
    tables.set(zone, table);
    const own = extraordinary.filter(({ assets }) => assets.includes(asset.assetId));
    const windowed = { ...asset, expectedMs: null, extraordinary: own };
    return {
      asset,
      table,
      found: feasibilityOf(windowed, { kind: 'production', lane, due, now, notBefore, policy, windows }, table),
    };
  });
  return {
    lane,
    due: timeOf(due),
    earliest: timeOf(notBefore),
    hosts: hosts.length,
    inTime: hosts.filter(({ found }) => found.isInTime).length,
    late: hosts.filter(({ found }) => !found.isInTime).map((host) => lateHost(host, state, due)),
    extraordinary: extraordinary.map(extraordinaryBody),
  };
}

/** What the lane still asks for before production: the watch of the test ring, the notice, the cooling-off. */
function earliestOf(
  { plan, trial, updates, releasedAt }: CampaignState,
  { testSoakMs, noticeMs, coolingOffMs }: Policy['lanes']['routine'],
  now: Instant,
): Instant {
  const isTested = plan !== null || trial.verdict !== null || trial.debt !== null;
  const security = updates.some(({ fixes }) => fixes.length > 0);
  return Math.max(now + (isTested ? 0 : testSoakMs) + noticeMs, security ? now : releasedAt + coolingOffMs);
}

function lateHost(
  { asset, table, found }: { readonly asset: ScopedAsset; readonly table: ZoneTable; readonly found: Feasibility },
  state: CampaignState,
  due: Instant,
): CampaignFeasibility['late'][number] {
  return {
    ...{ assetId: asset.assetId, asset: asset.name, owner: asset.owner },
    ...{ maintenanceGroup: asset.maintenanceGroup, zone: table.zone },
    first: found.first === null ? null : spanBody(found.first),
    reasons: found.reasons.map((reason) => reasonBody({ ...reason, subject: asset.name })),
    offers: offersFor(asset, found, { state, due, table }),
  };
}

function offersFor(
  { name }: ScopedAsset,
  { extraordinary }: Feasibility,
  { state, due, table }: { readonly state: CampaignState; readonly due: Instant; readonly table: ZoneTable },
): CampaignFeasibility['late'][number]['offers'] {
  const sources = state.updates.map(({ source }) => `--source ${source}`).join(' ');
  const request = `patchsteward exception request ${sources} --asset ${name} --owner NAME --why "…" --until ${timeOf(due + DAY_MS)}`;
  const window =
    extraordinary === null
      ? []
      : [
          {
            kind: 'extraordinary-window' as const,
            span: spanBody(extraordinary),
            offset: offsetText(offsetAt(extraordinary.from, table)),
            command:
              `patchsteward campaign window add ${state.id} --asset ${name} --from ${timeOf(extraordinary.from)} ` +
              `--until ${timeOf(extraordinary.until)} --why "…"`,
          },
        ];
  return [
    ...window,
    { kind: 'mitigation', command: `${request} --kind mitigate --control "…"` },
    { kind: 'exception', command: request },
  ];
}

export function extraordinaryBody({ id, assets, from, until, why, by, at }: Extraordinary) {
  return { id, assets: [...assets], ...spanBody({ from, until }), why, by, at: timeOf(at) };
}

function spanBody({ from, until }: { readonly from: Instant; readonly until: Instant }) {
  return { from: timeOf(from), until: timeOf(until) };
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
