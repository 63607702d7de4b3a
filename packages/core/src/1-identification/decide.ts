import type { Origins, PackageSet, UpdateOffers, Verdict } from '../vocabulary/index.ts';
import type { ClaimIndex } from './claim-index.ts';
import type { PackageFindings } from './finding.ts';
import { identify } from './identify.ts';
import { withOffers } from './offers.ts';
import { orderOfSet } from './order-of-packages.ts';
import { type Update, updatesOf } from './update.ts';

export interface IdentificationFacts {
  readonly packageSet: PackageSet;
  readonly claims: ClaimIndex;
  /** null where nobody asked the package manager. */
  readonly offers: UpdateOffers | null;
  readonly origins: Origins;
}

/** What is installed, what of it is affected, what is offered. */
export interface Identified extends PackageFindings {
  /** null: a list of components of several releases and registries. */
  readonly scope: string | null;
  /** Distinct source versions that were judged. */
  readonly sources: number;
  /** null where the package manager was not asked, or did not answer. */
  readonly updates: readonly Update[] | null;
}

/** Step 1 for one host. Without a feed for its release it waits for one: silence is not safety. // SOP P1.1 P1.2 */
export function decide({ packageSet, claims, offers, origins }: IdentificationFacts): Verdict<Identified> {
  const identified = identify(packageSet, claims);
  if (identified.kind === 'not-judged') return { kind: 'wait', waitingOn: [identified.reason] };

  const { kind: _, ...judged } = identified;
  if (offers === null || offers.unanswered !== null) return { kind: 'proceed', value: { ...judged, updates: null } };
  const order = orderOfSet(packageSet.ecosystem);
  const findings = withOffers(judged.findings, offers, order);
  const updates = updatesOf(packageSet, offers, findings, origins, order);
  return { kind: 'proceed', value: { ...judged, findings, updates } };
}
