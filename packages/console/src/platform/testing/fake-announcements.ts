import type { Announcement, AnnouncementDetail, Told } from '@patchsteward/contract';
import { TELLING_KINDS, type TellingKind, type TellingWay, wayOf } from '@patchsteward/core/2-evaluation';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { DAY_MS, fakeId, HOUR_MS, wire } from './fake-assets.ts';
import { matching, pageOf } from './fake-pages.ts';

export type FakeAnnouncementRouteId =
  | 'announcement.list'
  | 'announcement.show'
  | 'announcement.triage'
  | 'announcement.dismiss'
  | 'announcement.undo'
  | 'told.list'
  | 'telling.show'
  | 'telling.set';

const WAITING = 140;
const HASH = `sha256:${'5a'.repeat(32)}`;
const FEEDS = [
  { feed: 'acme-news', vendor: 'Acme', waiting: WAITING },
  { feed: 'initech', vendor: 'Initech Industrial Automation and Control GmbH', waiting: 0 },
];

/** What can be asked about in the fake. */
export const FAKE_ANNOUNCEMENTS = { waiting: 'acme-news-1', changed: 'acme-news-2', claimed: 'initech-900' } as const;

const CLAIM = {
  ...{
    id: fakeId(950),
    kind: 'claim' as const,
    revision: 1,
    why: 'as the notes of the release say',
    by: 'Sam Security',
  },
  claim: {
    targets: [{ kind: 'product' as const, vendor: 'Acme', product: 'Router 9' }],
    ranges: [{ introduced: '9.0', fixed: '9.3.1', lastAffected: null }],
    ...{ vulnerabilities: ['CVE-2026-0001'], severity: 'high' as const },
  },
  ...{ at: wire(-3 * DAY_MS), undoes: null },
};

/** Announcements with invented words; nothing that is made of them here stays. */
export function fakeAnnouncements(): Handlers<FakeAnnouncementRouteId> {
  const waiting = Array.from({ length: WAITING }, (_, place) => waitingOne(place + 1));
  const ways = new Map<TellingKind, TellingWay>([['feed-silent', 'quiet']]);
  const preferences = () => ({
    mail: 'ada@example.org',
    kinds: TELLING_KINDS.map((kind) => {
      const otherwise = wayOf({ ways: {} }, kind);
      return { kind, way: ways.get(kind) ?? otherwise, chosen: ways.has(kind), otherwise };
    }),
  });
  const counts = { waiting: WAITING, claimed: 1, dismissed: 0 };
  return {
    'announcement.list': async ({ query }) => {
      const shown = { waiting, claimed: [claimed()], dismissed: [], all: [...waiting, claimed()] }[query.state];
      const ofFeed = query.feed === undefined ? shown : shown.filter(({ feed }) => feed === query.feed);
      return { ...pageOf(matching(ofFeed, query.search), query), counts, feeds: FEEDS };
    },
    'announcement.show': async ({ params }) => detail(params.id),
    'announcement.triage': async ({ params }) => ({
      ...{ announcement: detail(params.id), affected: 3, notCovered: ['debian:12'] },
    }),
    'announcement.dismiss': async ({ body }) => ({ dismissed: body.announcements.length }),
    'announcement.undo': async ({ params }) => detail(params.id),
    'told.list': async ({ query: { about, kind, person, ...paging } }) => {
      const shown = TOLD.filter((one) => person === undefined || one.person === person).filter(({ matters }) =>
        matters.some((matter) => (kind ?? matter.kind) === matter.kind && (about ?? matter.subject) === matter.subject),
      );
      return { ...pageOf(shown, paging), hasMail: true };
    },
    'telling.show': async () => preferences(),
    'telling.set': async ({ body }) => {
      if (body.way === null) ways.delete(body.kind);
      else ways.set(body.kind, body.way);
      return preferences();
    },
  };
}

const ABOUT = {
  attempts: 1,
  matters: [{ kind: 'critical' as const, subject: 'CVE-2025-10000' }],
  createdAt: wire(-HOUR_MS),
};
const TOLD: Told[] = [
  {
    ...{ ...ABOUT, id: fakeId(960), person: 'sam', name: 'Sam Security', address: 'sam@example.org', state: 'sent' },
    ...{ subject: 'Patchsteward: 1 critical vulnerability', answer: '250 2.0.0 Ok: queued', sentAt: wire(-HOUR_MS) },
  },
  {
    ...{ ...ABOUT, id: fakeId(961), person: 'otto', name: 'Otto Reis', address: 'otto@example.org', state: 'bounced' },
    ...{ subject: 'Patchsteward: 1 critical vulnerability', answer: '550 5.1.1 no such mailbox', sentAt: null },
  },
];

function waitingOne(serial: number): Announcement {
  const changed = serial === 2;
  return {
    ...{ id: `acme-news-${serial}`, feed: 'acme-news', vendor: 'Acme', state: 'waiting', changed },
    ...{
      revision: changed ? 2 : 1,
      title: `Security update ${serial} for Router 9, Router 10 and the Acme Management Suite`,
    },
    ...{ url: `https://acme.example/security/${serial}`, published: wire(-serial * HOUR_MS) },
    ...{ seenAt: wire(-serial * HOUR_MS), firstSeen: wire(-serial * HOUR_MS), waitingSince: wire(-serial * HOUR_MS) },
    triage: changed ? CLAIM : null,
  };
}

function claimed(): Announcement {
  return {
    ...waitingOne(900),
    ...{ id: FAKE_ANNOUNCEMENTS.claimed, feed: 'initech', vendor: FEEDS[1]?.vendor ?? '', state: 'claimed' },
    ...{ waitingSince: null, triage: CLAIM },
  };
}

function detail(id: string): AnnouncementDetail {
  const one = id === FAKE_ANNOUNCEMENTS.claimed ? claimed() : waitingOne(Number(id.split('-').at(-1)));
  return {
    ...one,
    ...{ entry: `urn:acme:${id}`, sha256: HASH, fileSha256: HASH },
    text: `Update the Router 9 to 9.3.1.\n\nFixes CVE-2026-0001 and CVE-2026-0002: an attacker who reaches its web interface can read ${'its configuration, '.repeat(12)}and more.\n- Router 9: below 9.3.1\n- Router 10: not affected\n\nhttps://acme.example/${'a-very-long-address-'.repeat(8)}`,
    revisions: [{ revision: one.revision, title: one.title, seenAt: one.seenAt, sha256: HASH }],
    difference: one.changed
      ? [
          { kind: 'same', text: one.title },
          { kind: 'removed', text: '- Router 9: below 9.3.0' },
          { kind: 'added', text: '- Router 9: below 9.3.1' },
        ]
      : null,
    history: one.triage === null ? [] : [CLAIM],
    named: ['CVE-2026-0001', 'CVE-2026-0002'],
    suggestions: [
      { target: { kind: 'product', vendor: 'acme', product: 'router-9' }, versions: ['9.2', '9.3'], assets: 12 },
      { target: { kind: 'package', release: 'debian:12', name: 'acme-suite' }, versions: ['2.0-1'], assets: 1 },
    ],
  };
}
