import type { CampaignSummary, Overview, ProposalWithAssets } from '@patchsteward/contract';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { DAY_MS, fakeId, HOUR_MS, wire } from './fake-assets.ts';

/** What the fake server shows: a busy house, one on its first day, or one where nothing needs anybody. */
export type FakeWork = 'busy' | 'calm' | 'new';

interface Paging {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const ROOMS = [
  ['2-evaluation', 'identified', 'wait', 'No assessment of the risk is signed yet'],
  ['3-testing', 'authentic', 'wait', 'The test of it runs on 3 hosts'],
  ['3-testing', 'quarantined', 'stop', 'One file has another hash than its signed index says'],
  ['4-backup', 'tested', 'wait', 'db-1.example.org has no backup that is young enough (and 4 more)'],
  ['5-approval', 'planned', 'wait', 'Security or Change Management has not approved it yet'],
  ['5-approval', 'approved', 'proceed', 'The notice runs'],
  ['6-deployment', 'deploying', 'proceed', 'Wave 2 of 4 runs'],
  ['6-deployment', 'paused', 'stop', 'Two hosts failed alike: nginx.service did not come up'],
  ['7-documentation', 'monitoring', 'wait', 'It is watched after the change'],
] as const;
const PACKAGES = ['openssl', 'curl', 'linux-signed-amd64', 'postgresql-15', 'nginx', 'sudo', 'glibc', 'bind9', 'krb5'];
const LANES = ['critical', 'routine', 'emergency'] as const;

function summary(place: number, ended = false): CampaignSummary {
  const [room, state, verdict, why] = ROOMS[place % ROOMS.length] ?? ROOMS[0];
  const dueMs = (place - 2) * 7 * HOUR_MS;
  const reason = { code: 'approval-missing', subject: 'it', clearableBy: ['it'], by: null, sentence: `${why}.` };
  return {
    id: fakeId(700 + place),
    title: `${PACKAGES[place % PACKAGES.length] ?? 'curl'} 3.0.${place}-1~deb12u3 on Debian 12`,
    state: ended ? 'completed' : state,
    room: ended ? '7-documentation' : room,
    lane: LANES[place % LANES.length] ?? 'critical',
    due: place % 7 === 6 ? null : wire(dueMs),
    late: !ended && dueMs < 0,
    cannotBeMet: !ended && place === 3,
    requester: place % 2 === 0 ? 'ada' : 'ivy',
    assets: 3 + place * 13,
    ended,
    verdict: ended ? 'ended' : verdict,
    sentence: ended ? 'It is completed.' : `${why}: IT can clear it, by 2026-11-23 16:00 UTC.`,
    reasons: ended ? [] : [reason],
    openedAt: wire(-place * DAY_MS),
    updatedAt: wire(-place * HOUR_MS),
  };
}

const OPEN = Array.from({ length: 18 }, (_, place) => summary(place));
const ENDED = Array.from({ length: 400 }, (_, place) => summary(place + 20, true));

function proposal(place: number): ProposalWithAssets {
  const name = PACKAGES[place % PACKAGES.length] ?? 'curl';
  return {
    id: `debian:12/${name}-${place}`,
    title: `${name} 4.1.${place}-1~deb12u1 on Debian 12`,
    scope: 'debian:12',
    source: `${name}-${place}`,
    sourceVersion: `4.1.${place}-1~deb12u1`,
    kind: place % 3 === 0 ? 'security' : 'bugfix',
    packages: [name],
    fixes: place % 3 === 0 ? ['CVE-2026-0001', 'CVE-2026-0002'] : [],
    lane: LANES[place % 2] ?? 'critical',
    releasedAt: wire(-3 * DAY_MS),
    firstSeen: wire(-2 * DAY_MS),
    due: wire((place - 1) * DAY_MS),
    late: place < 1,
    why: 'It is exploited, and one of its assets is public: critical, due 48 h after its release.',
    reasons: [],
    assets: place === 0 ? 130 : 4,
    offeredTo: Array.from({ length: place === 0 ? 130 : 4 }, (_, asset) => ({
      id: fakeId(2_000 + asset),
      name: `web-${asset + 1}.example.org`,
      criticality: 'high' as const,
      environment: asset === 0 ? ('non-production' as const) : ('production' as const),
      owner: asset % 2 === 0 ? 'olga' : null,
    })),
    testAssets: 1,
    productionAssets: place === 0 ? 129 : 3,
  };
}

const SHOWN_PROPOSALS = Array.from({ length: 30 }, (_, place) => proposal(place));
const PROPOSALS = SHOWN_PROPOSALS.map((shown) => {
  const { offeredTo, ...listed } = shown;
  return { ...listed, assets: offeredTo.length };
});
const FLEET = {
  assets: 1_284,
  stale: 7,
  affected: 311,
  knownExploited: 4,
  partlyJudged: 0,
  rebootNeeded: 58,
  supportEnded: 12,
  supportEnding: 40,
  exceptions: 3,
  feeds: 9,
  feedsNotFresh: 2,
};
const NO_WINDOW = 'There is no window for db-1.example.org (and 2 more) before it is due.';
const NONE = { total: 0, items: [] };

function lineOf({ id, title, room, state, lane, due, late, cannotBeMet, sentence }: CampaignSummary) {
  return { id, title, room, state, lane, due, late, cannotBeMet, why: sentence, by: null };
}

function overviewOf(work: FakeWork): Overview {
  const calm = { needsMe: [], care: [], late: NONE, stopped: NONE, running: NONE };
  if (work === 'new') {
    const fleet = {
      assets: 0,
      stale: 0,
      affected: 0,
      knownExploited: 0,
      partlyJudged: 0,
      rebootNeeded: 0,
      supportEnded: 0,
      supportEnding: 0,
      exceptions: 0,
      feeds: 9,
      feedsNotFresh: 9,
    };
    const care = [
      { kind: 'no-trust-root' as const, total: 1 },
      { kind: 'feeds-not-fresh' as const, total: 9 },
      { kind: 'no-asset' as const, total: 0 },
    ];
    return { ...calm, care, open: 0, seen: 0, fleet };
  }
  if (work === 'calm') return { ...calm, open: 3, seen: 3, fleet: FLEET };
  const linesOf = (from: number, count: number) => OPEN.slice(from, from + count).map(lineOf);
  return {
    needsMe: [
      { kind: 'resume', total: 1, items: linesOf(7, 1) },
      { kind: 'approve', total: 11, items: linesOf(4, 8) },
      { kind: 'prove-backup', total: 2, items: linesOf(3, 2) },
    ],
    care: [
      { kind: 'feeds-not-fresh', total: 2 },
      { kind: 'assets-silent', total: 7 },
      { kind: 'severity-unknown', total: 23 },
    ],
    late: { total: 3, items: [...linesOf(0, 2), { ...lineOf(OPEN[3] ?? summary(3)), why: NO_WINDOW }] },
    stopped: { total: 2, items: [...linesOf(2, 1), ...linesOf(7, 1)] },
    running: {
      total: 1,
      items: linesOf(6, 1).map((line) => ({ ...line, jobs: { completed: 41, granted: 8, queued: 60 } })),
    },
    open: 240,
    seen: 200,
    fleet: FLEET,
  };
}

function pageOf<Row>(rows: readonly Row[], { cursor, limit }: Paging) {
  const start = cursor === undefined ? 0 : Number(cursor);
  const end = start + limit;
  return { items: rows.slice(start, end), next: end < rows.length ? String(end) : null, total: rows.length };
}

function matching<Row>(rows: readonly Row[], search: string | undefined): readonly Row[] {
  if (search === undefined) return rows;
  return rows.filter((row) => JSON.stringify(row).toLowerCase().includes(search.toLowerCase()));
}

/** `workOf`: what is shown at this moment. */
export function fakeCampaigns(
  workOf: () => FakeWork,
): Handlers<'overview.show' | 'campaign.list' | 'campaign.open' | 'proposal.list' | 'proposal.show'> {
  return {
    'overview.show': () => Promise.resolve(overviewOf(workOf())),
    'campaign.list': async ({ query }) => {
      const known = workOf() === 'new' ? [] : [...OPEN, ...(query.open === true ? [] : ENDED)];
      return pageOf(matching(known, query.search), query);
    },
    'campaign.open': () => Promise.resolve(summary(0)),
    'proposal.list': async ({ query }) => ({
      ...pageOf(matching(workOf() === 'new' ? [] : PROPOSALS, query.search), query),
      countedAt: wire(0),
      countingSince: null,
    }),
    'proposal.show': async ({ params }) => {
      const shown = SHOWN_PROPOSALS.find(({ scope, source }) => scope === params.scope && source === params.source);
      if (shown === undefined) throw new Error('nobody asks for a proposal that is not in the list');
      return shown;
    },
  };
}
