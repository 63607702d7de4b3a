import type { Leaf, ManagedEcosystem, PackageChange, PlanBody } from '@patchsteward/core/plan';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { accepted, type Outcome, refused } from '../refusal.ts';
import type { Guard } from './guard.ts';

/** What keeps a host reachable, watched and ours; no plan takes it away. // decided 31 */
const PROTECTED_PACKAGES = ['openssh-server', 'audit', 'auditd', 'patchsteward-agent'];
/** Kernels and their modules; headers and tools beside them are packages like others. */
const KERNEL_FORMS: Readonly<Record<ManagedEcosystem, RegExp>> = {
  deb: /^linux-(image|modules)(-|$)/,
  rpm: /^kernel(?!-(?:headers|tools|srpm-macros|rpm-macros|abi|doc))(?:[\d.]*)(-|$)/,
};

/** What the owner of the host allows, whoever signed. // rollout §3.3: the local allow-list */
export function assertAllowed(plan: PlanBody, leaf: Leaf, guard: Guard): Outcome<null> {
  const touched = [...leaf.changes, ...(leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [])];
  const denied = touched.find(({ name }) => guard.packagesDenied.includes(name));
  const kernel = touched.find(({ name }) => KERNEL_FORMS[leaf.ecosystem].test(name));
  if (!guard.allow.lanes.includes(plan.lane)) return refused('lane-not-allowed', plan.lane);
  if (leaf.reboot === 'if-needed' && !guard.allow.reboot) return refused('reboot-not-allowed', 'the owner forbids it');
  if (kernel !== undefined && !guard.allow.kernel) return refused('kernel-not-allowed', kernel.name);
  if (denied !== undefined) return refused('package-denied', denied.name);
  return accepted(null);
}

/** What no plan may do on any host. // decided 31 */
export function assertPossible({ kind }: PlanBody, leaf: Leaf): Outcome<null> {
  const ways = leaf.rollback.kind === 'downgrade' ? [...leaf.changes, ...leaf.rollback.changes] : leaf.changes;
  const removed = ways.find(({ name, to }) => to === null && PROTECTED_PACKAGES.includes(name));
  if (removed !== undefined) return refused('package-protected', removed.name);
  return kind === 'rollback' ? assertBackward(leaf) : assertForward(kind, leaf);
}

/** Newer only, nothing taken away, and what is new comes along with an upgrade, never alone. */
function assertForward(kind: PlanBody['kind'], { backup, changes, ecosystem, wave }: Leaf): Outcome<null> {
  if (kind === 'production' && backup.kind === 'not-needed') return refused('backup-missing', 'production needs one');
  if ((kind === 'test') !== (wave === 0))
    return refused('action-not-allowed', `wave ${wave} in a plan of kind ${kind}`);
  const gone = changes.find(({ to }) => to === null);
  if (gone !== undefined) return refused('action-not-allowed', `${gone.name} would be removed`);
  const older = changes.find((change) => change.from !== null && direction(change, ecosystem) <= 0);
  if (older !== undefined) return refused('version-not-newer', `${older.name} ${older.from} to ${older.to}`);
  return changes.some(({ from }) => from !== null)
    ? accepted(null)
    : refused('action-not-allowed', 'it installs packages without upgrading one');
}

function assertBackward({ changes, ecosystem }: Leaf): Outcome<null> {
  const forward = changes.find(
    (change) => change.from === null || (change.to !== null && direction(change, ecosystem) >= 0),
  );
  return forward === undefined ? accepted(null) : refused('action-not-allowed', `${forward.name} would not go back`);
}

function direction({ from, to }: PackageChange, ecosystem: ManagedEcosystem): number {
  return VERSION_ORDERS[ecosystem].compare(to ?? '', from ?? '');
}
