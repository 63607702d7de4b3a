import type { CampaignState } from '@patchsteward/core/campaign';
import type { BackupEvidence, HealthProfile, PlanAsset } from '@patchsteward/core/plan';
import { MINUTE_MS, type Reason } from '@patchsteward/core/vocabulary';
import { askProposals, prepareTesting } from '../../3-testing/index.ts';
import { readExtraordinary } from '../../6-deployment/extraordinary-store.ts';
import { readHealth, type StoredHealth } from '../../6-deployment/health-store.ts';
import { type ReportedHost, readHosts, targetsOf, wantedOf } from './hosts.ts';
import type { Look } from './look.ts';

/** Nobody said what must run there: that the package manager is content is watched for this long all the same. */
const WATCH_MS = MINUTE_MS;

export interface PreparedAssets {
  readonly assets: readonly PlanAsset[];
  /** Of hosts whose answer, or its files, are still awaited on the packages that they have now. */
  readonly pending: readonly Reason[];
}

/** What the planner needs of every asset that still has something to be done. */
export async function preparePlanAssets({ tx, state, now }: Look): Promise<PreparedAssets> {
  const hosts = await readHosts(tx, state.assets);
  const todo = hosts.filter((host) => targetsOf(host, state.updates).length > 0);
  const wanted = wantedOf(todo, state.updates);
  await askProposals(tx, wanted, now);
  const answers = await prepareTesting(tx, wanted);
  const transactions = new Map(
    answers.flatMap((one) => (one.kind === 'verified' ? [[one.assetId, one.transaction] as const] : [])),
  );
  const health = await readHealth(
    tx,
    todo.map(({ asset }) => asset.assetId),
  );
  const extraordinary = await readExtraordinary(tx, state.id);
  return {
    assets: todo.map((host) => ({
      ...planAsset(host, state, health.get(host.asset.assetId)),
      extraordinary: extraordinary
        .filter(({ assets }) => assets.includes(host.asset.assetId))
        .map(({ from, until }) => ({ from, until })),
      transaction: transactions.get(host.asset.assetId) ?? null,
      ...manualOf(host, state),
    })),
    pending: answers.flatMap((one) => (one.kind === 'pending' ? one.reasons : [])),
  };
}

function planAsset(
  { asset, exposure, role, scope }: ReportedHost,
  state: CampaignState,
  health: StoredHealth | undefined,
): Omit<PlanAsset, 'transaction' | 'extraordinary'> {
  const { assetId, name, criticality, environment, maintenanceGroup, redundancyGroups } = asset;
  const units = health?.units ?? [];
  const assessment = state.risk?.assessment;
  return {
    ...{ assetId, name, criticality, environment, maintenanceGroup, redundancyGroups },
    ...{ exposure, role, scope },
    // A host is of the test ring by its own word. // decided 14
    ring: environment === 'non-production',
    backup: backupOf(state, assetId),
    health: profileOf(health),
    // What does not run there is not restarted there.
    restarts: (assessment?.restarts ?? []).filter((unit) => units.includes(unit)),
    reboot: assessment?.reboot === true ? 'if-needed' : 'never',
    expectedMs: null,
  };
}

/** The product goes from what its list says to the version of the campaign; who does it and how was said at its opening. */
function manualOf(host: ReportedHost, { updates }: CampaignState): Pick<PlanAsset, 'manual'> {
  const { person } = host.asset;
  const [target] = targetsOf(host, updates);
  const checklist = updates.find(({ scope }) => scope === host.scope)?.checklist;
  const from = host.packages.packages.find(({ name }) => name === target?.name)?.version;
  if (person === undefined || target === undefined || checklist === undefined || from === undefined) return {};
  return { manual: { product: target.name, from, to: target.to, person, checklist } };
}

function profileOf(health: StoredHealth | undefined): HealthProfile {
  if (health === undefined) return { units: [], ports: [], urls: [], watchMs: WATCH_MS };
  const { units, ports, urls, watchMs, further } = health;
  return { units, ports, urls, watchMs, ...(further === undefined ? {} : { further }) };
}

function backupOf({ backup }: CampaignState, assetId: string): BackupEvidence | null {
  const cover = backup?.proofs.find((proof) => proof.assetId === assetId);
  if (cover === undefined) return null;
  return cover.waived ? { kind: 'waiver', waiver: cover.evidence } : { kind: 'proof', proof: cover.evidence };
}
