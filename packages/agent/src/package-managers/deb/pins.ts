import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { Policy, PolicyVersion } from './policy.ts';
import { type Named, type Pin, pinOf } from './preferences.ts';

/**
 * The version that a pin keeps a package from: what apt would choose by the priorities of its sources alone, where the
 * preferences give some version of this package a priority of its own. null: no pin stands in the way of an update.
 * // apt_preferences(5)
 */
export function barredByPin({ installed, candidate, versions }: Policy): PolicyVersion | null {
  // apt itself lowers what is phased: that is no word of an administrator.
  const isPinned = versions.some((one) => one.phasedPercent === 100 && one.priority !== sourcePriority(one));
  if (!isPinned || installed === null) return null;
  const choice = versions.toSorted(byChoice)[0];
  if (choice === undefined || choice.version === candidate) return null;
  return VERSION_ORDERS.deb.compare(choice.version, installed) > 0 ? choice : null;
}

/** The pin by which it is kept: of the version that does not come, or of the one that stays instead. */
export function keepingPin(policy: Policy, barred: PolicyVersion, pins: readonly Pin[], named: Named): Pin | null {
  const kept = policy.versions.find(({ version }) => version === policy.candidate);
  for (const version of [barred, kept]) {
    if (version === undefined || version.priority === sourcePriority(version)) continue;
    const pin = pinOf(pins, named, version);
    if (pin !== null) return pin;
  }
  return null;
}

/** The highest priority counts, and among equal ones the highest version. */
function byChoice(a: PolicyVersion, b: PolicyVersion): number {
  return sourcePriority(b) - sourcePriority(a) || VERSION_ORDERS.deb.compare(b.version, a.version);
}

function sourcePriority({ sourcePriorities }: PolicyVersion): number {
  return Math.max(...sourcePriorities);
}
