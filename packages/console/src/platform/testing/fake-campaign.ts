import type { CampaignEventBody, CampaignPlan, JobBody } from '@patchsteward/contract';
import { type CampaignStateName, isEnd } from '@patchsteward/core/campaign';
import type { Leaf } from '@patchsteward/core/plan';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { reasonOf } from '@patchsteward/core/vocabulary';
import { campaignBody, summaryBody } from '../../../../server/src/campaign/body.ts';
import type { RecordedEntry } from '../../../../server/src/campaign/passings.ts';
import { planBody } from '../../../../server/src/campaign/plan-body.ts';
import { roomsBody } from '../../../../server/src/campaign/rooms-body.ts';
import {
  ASSET,
  BEGINNING,
  entriesOf,
  foldOf,
  hashOf,
  signed,
  stepsTo,
} from '../../../../server/src/campaign/testing/states.ts';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { reasonBody } from '../../../../server/src/platform/http/reason-body.ts';
import { Refusal } from '../../../../server/src/platform/http/refusal.ts';
import { FAKE_ASSETS, fakeId, HOUR_MS, LOADED_AT, wire } from './fake-assets.ts';
import { FAKE_FEASIBILITY } from './fake-feasibility.ts';

const ago = 20 * 60_000;
type Steps = ReturnType<typeof stepsTo>;
const PLAN = hashOf('production plan');

const HALTED: Steps[number] = [{ kind: 'halt', why: 'Smoke in the rack of web-1' }, 'halted', 'ada'];
const LIMIT = [reasonOf('failures-alike', 'web-1 and mail-1')];
const FAILED = [reasonOf('hash-mismatch', 'libssl3 3.0.17-1~deb12u3')];

const LABELS = ['ring-1', 'web-1'].map((name) => reasonOf('environment-differs', name));
const PINNED_LABELS = [reasonOf('criticality-differs', 'web-1.example.org')];
const PINNED = {
  ...{ version: '0.1.0', rootVersion: 2, environment: 'production' as const, criticality: 'critical' as const },
  allow: { reboot: false, kernel: false, lanes: ['routine' as const, 'critical' as const] },
  packagesDenied: [],
};

/** Twelve hosts whose group has no window, and two that are in no group. */
const WINDOWLESS = Array.from({ length: 14 }, (_, place) => ({
  ...{ assetId: fakeId(2_500 + place), name: `shop-${place + 1}.example.org`, environment: 'production' as const },
  ...{
    criticality: 'high' as const,
    owner: 'otto',
    redundancyGroups: [],
    maintenanceGroup: place < 12 ? 'without-windows' : null,
  },
}));
const NO_WINDOW = WINDOWLESS.map(({ assetId }) => reasonOf('no-maintenance-window', assetId));

/** A campaign in each room, as the real rules tell it from its events. */
const WAYS = {
  identified: stepsTo('evaluated').slice(0, 3),
  authentic: stepsTo('authentic', ...stepsTo('test.started').slice(-2, -1)),
  quarantined: stepsTo('evaluated', [{ kind: 'auth.failed', reasons: FAILED }, 'quarantined']),
  tested: stepsTo('tested', [
    {
      kind: 'backup.checked',
      proofs: [{ assetId: ASSET.web, evidence: hashOf('proof'), waived: false }],
      missing: [reasonOf('backup-stale', ASSET.mail)],
    },
    'tested',
  ]),
  unplanned: stepsTo(
    'backed-up',
    [{ kind: 'scope.computed', assets: WINDOWLESS }, 'backed-up'],
    [{ kind: 'verdict.recorded', room: '5-approval', verdict: { kind: 'wait', waitingOn: NO_WINDOW } }, 'backed-up'],
  ),
  planned: stepsTo('window.agreed'),
  unasked: stepsTo('planned'),
  deploying: stepsTo('deploying'),
  paused: stepsTo('deploying', [{ kind: 'limit.hit', reasons: LIMIT }, 'paused']),
  halted: stepsTo('deploying', HALTED),
  audited: stepsTo('audited'),
  completed: stepsTo('audited', [
    {
      kind: 'audit.signed',
      signed: signed('sam', 'security'),
      dispositions: [{ assetId: ASSET.mail, text: 'Replaced by mail-2 before its window came.' }],
    },
    'completed-with-exceptions',
    'sam',
  ]),
  withdrawn: stepsTo('planned', [
    { kind: 'campaign.withdrawn', why: 'The vendor published a corrected version', vendor: true },
    'withdrawn',
    'ivy',
  ]),
} as const satisfies Record<string, Steps>;

type Way = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as Way[]; // Object.keys forgets that the record is closed.

export const FAKE_CAMPAIGN = Object.fromEntries(NAMES.map((name, place) => [name, fakeId(9_000 + place)])) as Readonly<
  Record<Way, string>
>; // Entries forget their keys.

const HOLDERS = [
  { login: 'ada', name: 'Ada Example', roles: ['it', 'admin'] },
  { login: 'ivy', name: 'Ivy Stone', roles: ['it'] },
  { login: 'cara', name: 'Cara Holm', roles: ['change'] },
  { login: 'otto', name: 'Otto Reis', roles: ['owner'] },
  { login: 'sam', name: 'Sam Okafor', roles: ['security'] },
];

/** The states are told from a fixed beginning; here they began some minutes ago. */
function shifted<Value>(value: Value): Value {
  const by = LOADED_AT - ago - BEGINNING;
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && part > BEGINNING / 2 ? part + by : part,
  );
  return JSON.parse(text) as Value; // The same form with later instants.
}

function fakeOf(id: string): { readonly entries: readonly RecordedEntry[]; readonly way: Way } {
  const way = NAMES.find((name) => FAKE_CAMPAIGN[name] === id);
  if (way === undefined) throw new Refusal('not-found', `There is no campaign ${id}.`);
  return { entries: shifted(entriesOf(WAYS[way])), way };
}

function rowOf(id: string) {
  const { entries, way } = fakeOf(id);
  const state = { ...foldOf(entries), id };
  const at = entries[0]?.recorded.at ?? LOADED_AT;
  return { entries, way, row: { id, ended: isEnd(state.name), openedAt: at, updatedAt: LOADED_AT, state } };
}

const HOSTS_MAX = 240;
const PHASES = ['succeeded', 'installing', 'granted', 'armed', 'health', 'rolled-back', 'succeeded'] as const;

/** More hosts than a screen holds, some of them in trouble. */
function jobs(): JobBody[] {
  return Array.from({ length: HOSTS_MAX }, (_, place) => {
    const silent = place % 61 === 7;
    const state = PHASES[place % PHASES.length] ?? 'queued';
    return {
      job: hashOf(`job ${place}`),
      plan: PLAN,
      planKind: place < 3 ? ('test' as const) : ('production' as const),
      assetId: fakeId(2_000 + place),
      asset: `web-${place + 1}.shop.example.org`,
      wave: place < 3 ? 0 : 1 + Math.floor(place / 60),
      epoch: 7,
      state: place < 3 ? 'succeeded' : state,
      unknownSince: silent ? wire(-HOUR_MS) : null,
      updatedAt: wire(-place * 60_000),
      blockedBy: null,
      trouble:
        state === 'rolled-back' && place >= 3
          ? 'installing: libssl3: exit 1 of its post-installation script, which could not reload nginx.service'
          : null,
    };
  });
}

function leaf(assetId: string, wave: number, fromHours: number, more: Partial<Leaf> = {}): Leaf {
  const from = LOADED_AT + fromHours * HOUR_MS;
  return {
    assetId,
    ecosystem: 'deb',
    wave,
    changes: ['libssl3', 'openssl'].map((name) => ({
      ...{ name, architecture: 'amd64', from: '3.0.15-1~deb12u1', to: '3.0.17-1~deb12u3', sizeBytes: 1_234 },
      ...{ sha256: hashOf(name), origin: 'deb.example.org bookworm/main' },
    })),
    restarts: ['nginx.service'],
    reboot: 'if-needed',
    intervals: [
      { from, until: from + 2 * HOUR_MS },
      { from: from + 24 * HOUR_MS, until: from + 26 * HOUR_MS },
    ],
    health: { units: [], ports: [], urls: [], watchMs: 0 },
    backup: { kind: 'proof', proof: hashOf('proof') },
    rollback: { kind: 'downgrade', changes: [] },
    rollbackGraceMs: 0,
    ...more,
  };
}

function planOf(id: string, kind: 'test' | 'production' | 'rollback'): CampaignPlan | null {
  const { state } = rowOf(id).row;
  const plan = { test: state.trial.plan, production: state.plan?.hash ?? null, rollback: null }[kind];
  if (plan === null) return null;
  const without = { kind: 'none', why: 'The former files are in no archive any more.' } as const;
  return planBody({
    state,
    plan: { plan, kind, compiledAt: LOADED_AT - HOUR_MS, notAfter: LOADED_AT + 72 * HOUR_MS },
    leaves: kind === 'test' ? [leaf(ASSET.ring, 0, 1)] : [leaf(ASSET.web, 1, 3, { rollback: without })],
    zones: { night: 'America/New_York' },
    leftOut: [{ assetId: ASSET.mail, reasons: [reasonOf('backup-stale', ASSET.mail)] }],
  });
}

function events(id: string): CampaignEventBody[] {
  return rowOf(id).entries.map(({ recorded, leaf: entry }, place) => {
    const { kind, ...body } = recorded.event;
    return {
      ...{ stream: id, version: place + 1, at: new Date(recorded.at).toISOString() },
      ...{ actor: recorded.by, by: recorded.by, asset: null, kind, body, leaf: entry },
    };
  });
}

interface Paging {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

function pageOf<Row>(rows: readonly Row[], { cursor, limit }: Paging) {
  const start = cursor === undefined ? 0 : Number(cursor);
  const end = start + limit;
  return { items: rows.slice(start, end), next: end < rows.length ? String(end) : null, total: rows.length };
}

export type FakeCampaignRouteId =
  | 'campaign.show'
  | 'campaign.rooms'
  | 'campaign.plan'
  | 'campaign.jobs'
  | 'campaign.events'
  | 'campaign.halt'
  | 'campaign.feasibility'
  | 'extraordinary.add'
  | 'extraordinary.remove'
  | 'asset.campaigns'
  | 'asset.pinned'
  | 'asset.timeline';

/** One campaign in every state that looks different, told by the rules of the real server. */
export function fakeCampaign(): Handlers<FakeCampaignRouteId> {
  const hasJobs = new Set<CampaignStateName>(['deploying', 'paused', 'halted', 'audited', 'completed-with-exceptions']);
  const jobsOf = (id: string) => (hasJobs.has(rowOf(id).row.state.name) ? jobs() : []);
  const now = () => Date.now();
  return {
    'campaign.show': async ({ params }) => {
      const body = campaignBody(rowOf(params.id).row, [], DEFAULT_POLICY, now());
      return { ...body, jobs: Object.fromEntries(jobsOf(params.id).map((_, place) => [`state ${place}`, 1])) };
    },
    'campaign.rooms': async ({ params }) => {
      const { entries, row } = rowOf(params.id);
      const { state } = row;
      const report = state.trial.verdict?.report;
      return {
        items: roomsBody({ state, entries, holders: HOLDERS, policy: DEFAULT_POLICY, now: now() }),
        labels: fakeOf(params.id).way === 'authentic' ? LABELS.map(reasonBody) : [],
        documents: report === undefined ? [] : [{ hash: report, kind: 'trial', storedAt: wire(-HOUR_MS) }],
      };
    },
    'campaign.plan': async ({ params, query }) => ({ plan: planOf(params.id, query.kind) }),
    'campaign.jobs': async ({ params, query }) => pageOf(jobsOf(params.id), query),
    'campaign.events': async ({ params, query }) => pageOf(events(params.id), query),
    'campaign.feasibility': async ({ params }) => ({
      feasibility: fakeOf(params.id).way === 'unplanned' ? FAKE_FEASIBILITY : null,
    }),
    'extraordinary.add': async ({ body }) => ({ ...body, id: fakeId(9_901), by: 'ivy', at: wire(0) }),
    'extraordinary.remove': () => Promise.resolve({}),
    'campaign.halt': async ({ params }) => summaryBody(rowOf(params.id).row, DEFAULT_POLICY, now()),
    'asset.pinned': async ({ params }) => ({
      pinned: params.id === FAKE_ASSETS.silent ? null : PINNED,
      reasons: params.id === FAKE_ASSETS.affected ? PINNED_LABELS.map(reasonBody) : [],
    }),
    'asset.campaigns': async ({ params, query }) => {
      const rows = params.id === FAKE_ASSETS.affected ? (['paused', 'planned', 'completed'] as const) : [];
      const items = rows.map((way, place) => ({
        campaign: summaryBody(rowOf(FAKE_CAMPAIGN[way]).row, DEFAULT_POLICY, now()),
        job: way === 'planned' ? null : (jobs()[5 + 2 * place] ?? null),
      }));
      return pageOf(items, query);
    },
    'asset.timeline': async ({ query }) =>
      pageOf(
        Array.from({ length: 90 }, (_, place) => ({
          ...{ leaf: fakeId(50_000 + place), index: place === 0 ? null : 900 - place, at: wire(-place * HOUR_MS) },
          ...(place % 3 === 0
            ? {
                ...{ actor: 'agent:web-1', by: 'web-1.example.org', kind: 'job.reported' },
                job: { campaign: FAKE_CAMPAIGN.paused, title: 'openssl on debian:12', job: hashOf('job') },
                payload: { recorded: { event: { kind: 'job.reported', report: { phase: 'armed' } } } },
              }
            : {
                ...{ actor: 'person:ada', by: 'ada', kind: 'asset.changed', job: null },
                payload: { changes: { owner: { from: null, to: 'Shop team' } } },
              }),
        })),
        query,
      ),
  };
}
