import type { CampaignSummary } from '@patchsteward/contract';
import { CAMPAIGNS, type Reach } from '../story/campaigns.ts';

/** Where the story leaves each, and the reason that is read there. */
const ENDS: Readonly<Record<Reach, readonly [state: string, reason: string | null]>> = {
  withdrawn: ['withdrawn', null],
  'risk-accepted': ['risk-accepted', 'risk-accepted'],
  identified: ['identified', 'risk-not-assessed'],
  quarantined: ['quarantined', 'quarantined'],
  'ring-watched': ['authentic', 'test-running'],
  'backups-missing': ['tested', 'backup-missing'],
  'no-windows': ['backed-up', 'no-maintenance-window'],
  'change-missing': ['planned', 'approval-missing'],
  'owner-missing': ['planned', 'window-not-agreed'],
  'notice-running': ['approved', 'notice-running'],
  deploying: ['deploying', null],
  // Which limit is reached first depends on how large the first wave is.
  stopped: ['paused', null],
  watched: ['monitoring', 'soak-running'],
  'audit-missing': ['audited', 'audit-signature-missing'],
  completed: ['completed', null],
};

/** By source package: the state and the room of its campaign, and the reason of its end where that is among them. */
type Standings = Readonly<Record<string, readonly [state: string, room: string, reason: string | null]>>;

/** Of every campaign, as the story means it to stand. */
export const STANDINGS: Standings = Object.fromEntries(
  CAMPAIGNS.map(({ source, reach, room }) => [source, [ENDS[reach][0], room, ENDS[reach][1]]]),
);

export function standingsOf(campaigns: ReadonlyMap<string, CampaignSummary>): Standings {
  return Object.fromEntries(
    [...campaigns].map(([source, { state, room, reasons }]) => {
      const wanted = STANDINGS[source]?.[2];
      return [source, [state, room, reasons.find(({ code }) => code === wanted)?.code ?? null]];
    }),
  );
}
