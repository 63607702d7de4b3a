import type { Exception, ExceptionDetail, ExceptionPage, ExceptionPreview } from '@patchsteward/contract';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { Refusal } from '../../../../server/src/platform/http/refusal.ts';
import { DAY_MS, FAKE_ASSETS, fakeId, HOUR_MS, wire } from './fake-assets.ts';
import { pageOf } from './fake-pages.ts';

/** Known by name in the tests. */
export const FAKE_EXCEPTIONS = {
  requested: fakeId(6_001),
  standing: fakeId(6_002),
  expired: fakeId(6_003),
  asked: fakeId(6_004),
} as const;

export type FakeExceptionRouteId =
  | 'exception.list'
  | 'exception.show'
  | 'exception.preview'
  | 'exception.request'
  | 'exception.agree'
  | 'exception.refuse'
  | 'exception.revoke'
  | 'exception.renew';

const NOT_NOW = 'It is standing, and cannot be agreed now.';
const NOT_YOURS = 'Only ivy withdraws it; whoever may agree refuses it.';
const BASIS: Exception['basis'] = {
  ...{ findings: 24, assets: 12, due: wire(30 * HOUR_MS), exploited: 1, fixless: 2 },
  lane: 'critical',
};

const ONE: Exception = {
  ...{ id: FAKE_EXCEPTIONS.requested, state: 'requested', kind: 'mitigate', owner: 'Web team', requester: 'ivy' },
  title: 'Mitigate CVE-2026-0001, CVE-2026-0002 and 3 more in openssl on 12 assets',
  why: 'No restart before the sale of the eleventh ends.',
  control: 'A proxy in front of every shop refuses the requests that the exploit needs.',
  ...{ evidence: 'https://tickets.example.org/WEB-4711', until: wire(5 * DAY_MS), lane: null, due: null },
  ...{ basis: BASIS, fallen: 0, requestedAt: wire(-2 * HOUR_MS), stoodFrom: null, endedAt: null, endsSoon: true },
  agreed: [{ person: 'otto', roles: ['owner'], at: wire(-HOUR_MS) }],
  ...{ missing: [['security']], renews: null, renewedBy: null, mayAgree: true, mayNot: null },
};

const STANDING: Exception = {
  ...ONE,
  ...{ id: FAKE_EXCEPTIONS.standing, state: 'standing', kind: 'accept', title: 'Accept CVE-2025-1111 on 2 assets' },
  ...{ control: null, evidence: 'Minutes of the board, page 4', until: wire(20 * DAY_MS), endsSoon: false },
  ...{ stoodFrom: wire(-9 * DAY_MS), fallen: 1, missing: [], mayAgree: false, mayNot: NOT_NOW },
  basis: { ...BASIS, findings: 3, assets: 2, lane: 'routine' },
};

const EXPIRED: Exception = {
  ...STANDING,
  ...{ id: FAKE_EXCEPTIONS.expired, state: 'expired', kind: 'override', lane: 'routine', fallen: 0, requester: 'ada' },
  ...{ title: 'Override 3 findings on 2 assets', until: wire(-DAY_MS), endedAt: wire(-DAY_MS), due: wire(-DAY_MS) },
};

const ALL = [ONE, STANDING, EXPIRED];
const ENDED: ReadonlySet<string> = new Set(['refused', 'withdrawn', 'revoked', 'expired', 'renewed']);

function detailOf(one: Exception): ExceptionDetail {
  const end = one.state === 'requested' ? NOT_YOURS : null;
  return {
    ...one,
    target: { vulnerabilities: ['CVE-2026-0001'], sources: [], assets: [], group: null },
    barred: {
      agree: one.mayNot,
      refuse: one.mayNot,
      end,
      renew: one.state === 'requested' ? 'It is requested; only what stands or has expired can be renewed.' : null,
    },
    covered: [
      {
        ...{ assetId: FAKE_ASSETS.affected, assetName: 'web-1.example.org', vulnerability: 'CVE-2026-0001' },
        source: 'openssl',
        fallen: one.fallen === 0 ? null : { cause: 'now-exploited', at: wire(-HOUR_MS) },
      },
      {
        ...{ assetId: FAKE_ASSETS.neglected, assetName: 'old-1.example.org', vulnerability: null, source: null },
        fallen: null,
      },
    ],
    coveredTotal: one.basis.findings,
    events: [
      { at: wire(-2 * HOUR_MS), actor: 'ivy', kind: 'requested', why: one.why },
      { at: wire(-HOUR_MS), actor: 'otto', kind: 'agreed', why: null },
    ],
  };
}

const PREVIEW: ExceptionPreview = {
  ...{ basis: BASIS, seats: [['owner'], ['security']], termDaysMax: 30, untilMax: wire(30 * DAY_MS), raise: false },
  dues: { before: wire(-6 * HOUR_MS), after: wire(7 * DAY_MS), lateBefore: 4, lateAfter: 0 },
  covered: [
    {
      ...{ assetId: FAKE_ASSETS.affected, assetName: 'web-1.example.org', vulnerability: 'CVE-2026-0001' },
      ...{ source: 'openssl', lane: 'critical', due: wire(-6 * HOUR_MS), dueAfter: wire(7 * DAY_MS) },
    },
  ],
  refusal: null,
};

/** Exceptions in the states that look different; what is asked for is the one that `asked` names. */
export function fakeExceptions(isEmpty: () => boolean): Handlers<FakeExceptionRouteId> {
  const all = new Map<string, Exception>(ALL.map((one) => [one.id, one]));
  const find = (id: string): Exception => {
    const one = all.get(id);
    if (one === undefined) throw new Refusal('not-found', 'There is no such exception.');
    return one;
  };
  const changed = (id: string, change: Partial<Exception>): ExceptionDetail => {
    const next = { ...find(id), ...change };
    all.set(id, next);
    return detailOf(next);
  };
  const ended = { missing: [], mayAgree: false, mayNot: NOT_NOW, endedAt: wire(0) };
  return {
    'exception.list': async ({ query }): Promise<ExceptionPage> => {
      const shown = isEmpty() ? [] : [...all.values()].filter((one) => isListed(one, query));
      const { next, ...page } = pageOf(shown, query);
      return { ...page, next, counts: { requested: 1, standing: 1, endsSoon: 1 } };
    },
    'exception.show': async ({ params }) => detailOf(find(params.id)),
    'exception.preview': async ({ body }) =>
      body.target.vulnerabilities.includes('CVE-1999-0001')
        ? {
            ...PREVIEW,
            ...{ covered: [], refusal: 'No finding fits what was named.' },
            ...{
              basis: { ...BASIS, findings: 0, assets: 0 },
              dues: { before: null, after: null, lateBefore: 0, lateAfter: 0 },
            },
          }
        : PREVIEW,
    'exception.request': async ({ body }) => {
      const { target: _, ...terms } = body;
      const one: Exception = { ...ONE, ...terms, id: FAKE_EXCEPTIONS.asked, requester: 'ada', agreed: [] };
      all.set(one.id, {
        ...one,
        title: 'Accept CVE-2026-0009 on 1 asset',
        mayAgree: false,
        mayNot: 'Whoever asks never agrees; somebody else has to.',
      });
      return detailOf(find(one.id));
    },
    'exception.agree': async ({ params }) =>
      changed(params.id, { state: 'standing', stoodFrom: wire(0), missing: [], mayAgree: false, mayNot: NOT_NOW }),
    'exception.refuse': async ({ params }) => changed(params.id, { ...ended, state: 'refused' }),
    'exception.revoke': async ({ params }) => changed(params.id, { ...ended, state: 'revoked' }),
    'exception.renew': async ({ params, body }) => {
      all.set(FAKE_EXCEPTIONS.asked, { ...ONE, ...body, id: FAKE_EXCEPTIONS.asked, renews: params.id });
      return detailOf(find(FAKE_EXCEPTIONS.asked));
    },
  };
}

function isListed(
  { state, requester, title }: Exception,
  query: { state: string; mine?: unknown; search?: string | undefined },
) {
  if (query.mine !== undefined && requester !== 'ada') return false;
  if (query.search !== undefined && !title.toLowerCase().includes(query.search.toLowerCase())) return false;
  if (query.state === 'open') return !ENDED.has(state);
  if (query.state === 'ended') return ENDED.has(state);
  return query.state === 'all' || state === query.state;
}
