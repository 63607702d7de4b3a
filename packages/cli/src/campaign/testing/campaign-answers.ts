import { at, idOf, reason } from '../../1-identification/testing/answers.ts';

const SCOPED = { id: idOf(1), name: 'web-1', criticality: 'high', environment: 'production', owner: 'olga' } as const;
/** What the server says of a proposal, and of the campaign that came of it. */
export const PROPOSAL = {
  id: 'debian:12/openssl',
  title: 'openssl 3.0.17-1~deb12u3 on Debian 12',
  scope: 'debian:12',
  source: 'openssl',
  sourceVersion: '3.0.17-1~deb12u3',
  kind: 'security' as const,
  packages: ['openssl', 'libssl3'],
  fixes: ['CVE-2026-0001'],
  lane: 'critical' as const,
  releasedAt: at(-20),
  firstSeen: at(-19),
  due: at(28),
  late: false,
  why: 'severity is not known',
  reasons: [],
  assets: 1,
  testAssets: 0,
  productionAssets: 1,
};
export const SUMMARY = {
  id: idOf(7),
  title: PROPOSAL.title,
  state: 'planned',
  room: '5-approval',
  lane: 'critical' as const,
  due: at(28),
  late: false,
  cannotBeMet: false,
  requester: 'ida',
  assets: 1,
  ended: false,
  verdict: 'wait' as const,
  sentence: 'Waits for the window of web-1; the owner olga can agree to it, by 2026-11-23 16:00 UTC.',
  reasons: [],
  openedAt: at(-1),
  updatedAt: at(-1),
};
export const WAITS = {
  state: 'planned',
  room: '5-approval',
  verdict: 'wait' as const,
  sentence: 'Waits for the window of web-1; the owner olga can agree to it, by 2026-11-23 16:00 UTC.',
  reasons: [reason('severity-unknown', 'Nobody said how severe it is.')],
};
export const CAMPAIGN = {
  ...SUMMARY,
  releasedAt: at(-20),
  firstSeen: at(-19),
  updates: [
    { scope: 'debian:12', source: 'openssl', sourceVersion: '3.0.17-1~deb12u3', targets: [], fixes: ['CVE-2026-0001'] },
  ],
  scope: [{ ...SCOPED, maintenanceGroup: null, redundancyGroups: [] }],
  plans: { test: null, production: null },
  jobs: { queued: 1 },
  explanation: WAITS,
};
