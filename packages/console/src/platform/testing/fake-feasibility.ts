import type { CampaignFeasibility } from '@patchsteward/contract';
import { DAY_MS, FAKE_ASSETS, fakeId, HOUR_MS, wire } from './fake-assets.ts';

const HOST = { owner: 'otto', maintenanceGroup: 'sunday', zone: 'America/New_York' };
const LATE = { code: 'no-window-before-due', subject: 'web-1', clearableBy: ['owner' as const], by: null };
const LINES = [
  { kind: 'mitigation' as const, command: 'patchsteward exception request --kind mitigate' },
  { kind: 'exception' as const, command: 'patchsteward exception request' },
];

/** One host whose window comes too late, one that has none at all, and a time that was asked for already. */
export const FAKE_FEASIBILITY: CampaignFeasibility = {
  ...{ lane: 'critical', due: wire(2 * DAY_MS), earliest: wire(8 * HOUR_MS), hosts: 14, inTime: 12 },
  late: [
    {
      ...{ ...HOST, assetId: FAKE_ASSETS.affected, asset: 'web-1.example.org' },
      first: { from: wire(5 * DAY_MS), until: wire(5 * DAY_MS + 3 * HOUR_MS) },
      reasons: [{ ...LATE, sentence: 'web-1.example.org has no window before it is due.' }],
      offers: [
        {
          ...{ kind: 'extraordinary-window', offset: '-05:00', command: 'patchsteward campaign window add' },
          span: { from: wire(12 * HOUR_MS), until: wire(14 * HOUR_MS) },
        },
        ...LINES,
      ],
    },
    {
      ...{ ...HOST, assetId: FAKE_ASSETS.silent, asset: 'db-1.example.org', first: null },
      reasons: [{ ...LATE, code: 'no-maintenance-window', sentence: 'db-1.example.org has no maintenance window.' }],
      offers: LINES,
    },
  ],
  extraordinary: [
    {
      ...{ id: fakeId(9_900), assets: [FAKE_ASSETS.silent], why: 'The sale ends on Sunday.', by: 'ivy' },
      ...{ from: wire(20 * HOUR_MS), until: wire(24 * HOUR_MS), at: wire(-HOUR_MS) },
    },
  ],
};
