import { type CampaignEvent, type CampaignStateName, fold, type Recorded } from '@patchsteward/core/campaign';
import type { Hash, SignedBy } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import type { RecordedEntry } from '../passings.ts';

export const BEGINNING = Date.UTC(2026, 2, 14, 4);
const MINUTE_MS = 60_000;
const CAMPAIGN = '01890000-0000-7000-8000-0000000000c1';
export const ASSET = {
  ring: '01890000-0000-7000-8000-0000000000a0',
  web: '01890000-0000-7000-8000-0000000000a1',
  mail: '01890000-0000-7000-8000-0000000000a2',
} as const;

export function hashOf(text: string): Hash {
  return sha256(text);
}

export function signed(person: string, ...roles: SignedBy['roles']): SignedBy {
  return { person, roles, keyClass: 'cli', statement: hashOf(`word of ${person}`) };
}

const asset = (assetId: string, name: string, environment: 'production' | 'non-production') => ({
  ...{ assetId, name, environment, criticality: 'high' as const, owner: 'otto' },
  ...{ redundancyGroups: [], maintenanceGroup: 'night' },
});

const PLAN = hashOf('production plan');
const plan = {
  ...{ kind: 'plan.compiled', plan: PLAN, planKind: 'production', waves: 2, hosts: 1, infeasible: [ASSET.mail] },
  ...{ firstStart: BEGINNING + 60 * MINUTE_MS, notAfter: BEGINNING + 180 * MINUTE_MS },
  lastEnd: BEGINNING + 120 * MINUTE_MS,
} as const satisfies CampaignEvent;

type Step = readonly [event: CampaignEvent, to: CampaignStateName, by?: string];

/** The way of a campaign up to its audit, as its events tell it; a test takes as many as it needs. */
const STEPS: readonly Step[] = [
  [
    {
      kind: 'update.seen',
      campaign: CAMPAIGN,
      title: 'openssl on debian:12',
      updates: [
        {
          ...{ scope: 'debian:12', source: 'openssl', sourceVersion: '3.0.2' },
          targets: [
            { name: 'libssl3', architecture: 'amd64', to: '3.0.2' },
            { name: 'libssl3', architecture: 'i386', to: '3.0.2' },
          ],
          fixes: ['CVE-2026-1'],
        },
      ],
      requester: 'ivy',
      releasedAt: BEGINNING - MINUTE_MS,
      firstSeen: BEGINNING,
    },
    'identified',
    'ivy',
  ],
  [
    {
      kind: 'scope.computed',
      assets: [
        asset(ASSET.ring, 'ring-1', 'non-production'),
        asset(ASSET.web, 'web-1', 'production'),
        asset(ASSET.mail, 'mail-1', 'production'),
      ],
    },
    'identified',
  ],
  [{ kind: 'lane.proposed', lane: 'critical', due: BEGINNING + 48 * 60 * MINUTE_MS, reasons: [] }, 'identified'],
  [
    {
      kind: 'risk.assessed',
      assessment: {
        ...{ impact: 'low', reboot: false, restarts: ['nginx.service'], rollback: 'prepared' },
        ...{ exposure: 'the Internet', note: 'small' },
      },
      signed: signed('ivy', 'it'),
    },
    'evaluated',
    'ivy',
  ],
  [{ kind: 'auth.verified', report: hashOf('authenticity'), files: 4 }, 'authentic'],
  [{ ...plan, plan: hashOf('test plan'), planKind: 'test', waves: 1, infeasible: [] }, 'authentic'],
  [{ kind: 'test.started', plan: hashOf('test plan'), signed: signed('ivy', 'it') }, 'authentic', 'ivy'],
  [{ kind: 'test.verdict', result: 'pass', report: hashOf('trial'), reasons: [] }, 'tested'],
  [
    {
      kind: 'backup.checked',
      proofs: [
        { assetId: ASSET.web, evidence: hashOf('proof'), waived: false },
        { assetId: ASSET.mail, evidence: hashOf('waiver'), waived: true },
      ],
      missing: [],
    },
    'backed-up',
  ],
  [plan, 'planned'],
  [{ kind: 'change.requested', plan: PLAN, signed: signed('ivy', 'it'), why: 'it is exploited' }, 'planned', 'ivy'],
  [{ kind: 'window.agreed', plan: PLAN, signed: signed('otto', 'owner'), assets: [ASSET.web] }, 'planned', 'otto'],
  [{ kind: 'approval.signed', plan: PLAN, signed: signed('cara', 'change') }, 'approved', 'cara'],
  [{ kind: 'notice.sent', receipts: hashOf('receipts'), elapsesAt: BEGINNING + 30 * MINUTE_MS }, 'approved'],
  [{ kind: 'notice.elapsed' }, 'scheduled'],
  [{ kind: 'wave.opened', wave: 1, assets: [ASSET.web] }, 'deploying'],
  [{ kind: 'wave.closed', wave: 1, succeeded: 1, failed: 0 }, 'monitoring'],
  [{ kind: 'rescan.done', clean: true, remaining: [], report: hashOf('rescan') }, 'monitoring'],
  [{ kind: 'soak.verdict', result: 'pass', report: hashOf('soak') }, 'audited'],
];

/** One event after another, a minute apart; each leaf tells its place. */
export function entriesOf(steps: readonly Step[]): RecordedEntry[] {
  return steps.map(([event, to, by = 'system'], place) => ({
    recorded: { event, to, by, at: BEGINNING + place * MINUTE_MS } satisfies Recorded,
    leaf: `01890000-0000-7000-8000-${String(place).padStart(12, '0')}`,
  }));
}

/** The steps up to the first one that leads to this state, or up to this event, and what follows. */
export function stepsTo(
  goal: CampaignStateName | 'test.started' | 'window.agreed',
  ...more: readonly Step[]
): readonly Step[] {
  const end = STEPS.findIndex(([{ kind }, to]) => to === goal || kind === goal);
  return [...STEPS.slice(0, end + 1), ...more];
}

export function foldOf(entries: readonly RecordedEntry[]) {
  const state = fold(entries.map(({ recorded }) => recorded));
  if (state === null) throw new Error('a campaign without events');
  return state;
}
