import { BULK_CHANGE, MAINTENANCE_PLAN } from './fill-house.ts';
import { OFFERED } from './fleet.ts';

/** One question to a route, as people and programs put it. */
export interface Case {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Which page of the list it asks for, from 1. */
  readonly page?: number;
}

/** What cases are about; found in the filled house. */
export interface Subjects {
  readonly asset: string;
  /** Opened for this run. */
  readonly campaign: string;
}

/** The first is on every host, the second on some hundreds, the third on a few. */
const VULNERABILITIES = ['CVE-2026-00001', 'CVE-2026-00007', 'CVE-2026-02042'] as const;
const ADVISORIES = ['DSA-1001-1', 'DSA-1500-1'] as const;
const LATE = 12;

const plain: readonly Case[] = [{}];
const paged: readonly Case[] = [{}, { query: { limit: 500 } }];

function ofAsset({ asset }: Subjects): readonly Case[] {
  const params = { id: asset };
  return [
    { params },
    { params, query: { search: 'openssl' } },
    { params, query: { search: 'CVE-2026-0' } },
    { params, query: { search: 'is not there' } },
    { params, query: { limit: 10 }, page: 2 },
  ];
}

function ofCampaign({ campaign }: Subjects): readonly Case[] {
  return [{ params: { id: campaign } }];
}

/** Each with searches that find much, little and nothing, with filters, and with late pages. */
const CASES: Readonly<Record<string, (subjects: Subjects) => readonly Case[]>> = {
  'asset.list': () => [
    {},
    { query: { limit: 500 } },
    { query: { search: 'host' } },
    { query: { search: 'host-000' } },
    { query: { search: 'Team 3 database' } },
    { query: { search: 'is not there' } },
    { query: { sort: 'urgent' } },
    { query: { sort: 'findings' }, page: LATE },
    { query: { skip: 19_900 } },
    { query: { environment: 'production', criticality: 'critical,high', lane: 'emergency' } },
    { query: { release: 'debian:11', exploited: 'yes', sort: 'urgent' } },
    { query: { stale: 'yes', sort: 'seen' } },
    {},
    { page: LATE },
  ],
  'asset.facets': () => [
    {},
    { query: { search: 'host' } },
    { query: { search: 'Team 3 database' } },
    { query: { environment: 'production', lane: 'emergency' } },
    { query: { release: 'debian:11', exploited: 'yes' } },
  ],
  'asset.packages': ofAsset,
  'asset.findings': ofAsset,
  'asset.updates': ofAsset,
  'asset.campaigns': ({ asset }) => [{ params: { id: asset } }],
  'asset.timeline': ({ asset }) => [{ params: { id: asset } }],
  'asset.changes-show': () => [
    { params: { id: BULK_CHANGE } },
    { params: { id: BULK_CHANGE }, query: { limit: 500 } },
    { params: { id: BULK_CHANGE }, page: LATE },
  ],
  // The fleet of the bench reports by itself: no list was imported, and nothing was taken out.
  'asset.imports': () => plain,
  'asset.doubles': () => plain,
  'asset.removed': () => plain,
  'exception.list': () => plain,
  'announcement.list': () => plain,
  'told.list': () => plain,
  'bill.list': ({ asset }) => [{ params: { id: asset } }],
  'rule.list': () => plain,
  'finding.list': () => [
    ...paged,
    { query: { search: 'CVE' } },
    { query: { search: 'CVE-2026-020' } },
    { query: { search: 'is not there' } },
    { query: { source: 'openssl' } },
    { page: LATE },
  ],
  'finding.groups': () => [
    ...paged,
    { query: { by: 'source' } },
    { query: { search: 'CVE' } },
    { query: { search: 'openssl' } },
    { query: { search: 'is not there' } },
    { query: { release: 'debian:11', environment: 'production' } },
    { query: { lane: 'critical', severity: 'unknown', fix: 'offered' } },
    { query: { exploited: 'yes', late: 'yes' } },
    { page: LATE },
  ],
  'update.list': () => [
    ...paged,
    { query: { search: 'source' } },
    { query: { search: 'CVE-2026-00001' } },
    { query: { search: 'is not there' } },
    { query: { source: 'openssl' } },
    { page: LATE },
  ],
  'update.groups': () => [
    ...paged,
    { query: { search: 'source' } },
    { query: { search: 'openssl' } },
    { query: { kind: 'security', lane: 'critical' } },
    { query: { exploited: 'yes', late: 'yes', release: 'debian:12' } },
    { page: LATE },
  ],
  'update.assets': () => {
    const query = { scope: 'debian:12', source: 'openssl', sourceVersion: OFFERED };
    return [{ query }, { query: { ...query, source: 'curl' } }, { query, page: LATE }];
  },
  'severity.list': () => [
    ...paged,
    { query: { search: 'CVE' } },
    { query: { search: 'openssl' } },
    { query: { release: 'debian:11' } },
    { query: { state: 'held' } },
    { query: { state: 'judged' } },
    { query: { state: 'judged', search: 'reachable' } },
    { page: LATE },
  ],
  'exposure.show': () => [
    ...VULNERABILITIES.map((vulnerability) => ({ params: { vulnerability } })),
    ...ADVISORIES.map((vulnerability) => ({ params: { vulnerability } })),
    { params: { vulnerability: 'CVE-1999-0001' } },
    { params: { vulnerability: VULNERABILITIES[0] }, page: LATE },
  ],
  'proposal.list': () => [
    {},
    { query: { limit: 20 } },
    { query: { search: 'source' } },
    { query: { search: 'openssl' } },
    { query: { search: 'is not there' } },
    { page: LATE },
  ],
  'backup.list': () => [
    ...paged,
    { query: { search: 'host-001' } },
    { query: { search: 'is not there' } },
    { page: LATE },
  ],
  'group.list': () => paged,
  'freeze.list': () => plain,
  'maintenance-plan.list': () => plain,
  'maintenance-turn.list': () => [{ params: { name: MAINTENANCE_PLAN } }],
  'feed.list': () => plain,
  'origin.list': () => plain,
  'stakeholder.list': () => plain,
  'enrollment-token.list': () => plain,
  'api-token.list': () => plain,
  'person.list': () => plain,
  'passkey.list': () => plain,
  'trust.roots': () => plain,
  'inbox.list': () => paged,
  'record.list': () => [...paged, { query: { search: 'campaign' } }, { query: { actor: 'ada' } }],
  'campaign.list': () => [...paged, { query: { search: 'openssl' } }, { query: { open: 'yes' } }],
  'campaign.events': ofCampaign,
  'campaign.jobs': ofCampaign,
  'campaign.rooms': ofCampaign,
  'campaign.stragglers': ofCampaign,
  'plan.list': ofCampaign,
  'statement.list': ofCampaign,
  'notice.list': ofCampaign,
  'work.list': ({ campaign }) => [...paged, { query: { campaign } }],
};

/** Lists that the filled house has nothing to ask about, and why. Told with every figure. */
const NOT_MEASURED: Readonly<Record<string, string>> = {
  'work.show':
    'the house has nothing that people patch by hand; a work order is one checklist of at most some dozen items',
  'plan.leaves': 'a plan is made of tests and backups on real hosts; its list is a file of at most some thousand lines',
};

type Asked =
  | { readonly kind: 'cases'; readonly of: (subjects: Subjects) => readonly Case[] }
  | { readonly kind: 'not-measured'; readonly why: string };

/** What a list is asked; undefined where nobody has thought of it yet. */
export function askedOf(id: string): Asked | undefined {
  const of = CASES[id];
  if (of !== undefined) return { kind: 'cases', of };
  const why = NOT_MEASURED[id];
  return why === undefined ? undefined : { kind: 'not-measured', why };
}

export function askedIds(): readonly string[] {
  return [...Object.keys(CASES), ...Object.keys(NOT_MEASURED)];
}
