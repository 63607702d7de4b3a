import type { Decision, DecisionHost, Inbox, InboxItem, ReasonBody } from '@patchsteward/contract';
import { Refusal } from '../../../../server/src/platform/http/refusal.ts';
import { DAY_MS, fakeId, HOUR_MS, wire } from './fake-assets.ts';
import { FAKE_EXCEPTIONS } from './fake-exceptions.ts';

/** Known by name in the tests. */
export const FAKE_PLANS = {
  open: `sha256:${'1a'.repeat(32)}`,
  asked: `sha256:${'2b'.repeat(32)}`,
  refused: `sha256:${'3c'.repeat(32)}`,
  decided: `sha256:${'4d'.repeat(32)}`,
} as const;

const CAMPAIGN = fakeId(7_001);
const TITLE = 'openssl 3.0.18-1~deb12u2 on debian:12';
const MANY_HOSTS = 400;
const KEY = '--key ~/.ssh/id_ed25519.pub';

function reason(code: string, sentence: string, clearableBy: readonly string[], by: string | null = null): ReasonBody {
  return { code, subject: TITLE, clearableBy: [...clearableBy], by, sentence };
}

const ASKED_IT = reason(
  'requester-never-approves',
  'ada asked for this change and never approves it; ask somebody else.',
  ['change', 'owner', 'security'],
);
const SEAT_EMPTY = reason('approval-missing', `An approval is missing: security or owner for ${TITLE}.`, [
  'security',
  'owner',
]);
const CLI_MISSING = reason(
  'cli-signature-missing',
  `One approval of ${TITLE} must be made on the command line, by a client that the server did not serve.`,
  ['change', 'owner', 'security'],
);

function item(kind: InboxItem['kind'], given: Partial<InboxItem> = {}): InboxItem {
  return {
    ...{
      id: `${CAMPAIGN}:${kind}`,
      kind,
      campaign: CAMPAIGN,
      exception: null,
      title: TITLE,
      lane: 'critical',
      plan: null,
    },
    ...{ due: wire(30 * HOUR_MS), by: wire(5 * HOUR_MS), late: false, as: ['change'], barred: null },
    ...{ hosts: 402, hostNames: ['db-1.example.org', 'db-2.example.org', 'host-001.example.org'], waiting: SEAT_EMPTY },
    command: `patchsteward approve ${CAMPAIGN} --plan ${FAKE_PLANS.open} ${KEY}`,
    ...given,
  };
}

export function fakeInbox(): Inbox {
  const items = [
    item('resume', {
      ...{ id: 'late', title: 'linux 6.1.158-1 on debian:12', by: wire(-2 * HOUR_MS), late: true, lane: 'emergency' },
      ...{ as: ['security', 'change'], hosts: 12, hostNames: ['web-1.example.org'] },
      waiting: reason(
        'failures-alike',
        'Several hosts failed alike: postinst of linux-image on web-1 and web-2; look why, then an approver may resume.',
        ['change'],
      ),
    }),
    item('approve', { plan: FAKE_PLANS.open }),
    item('agree-window', {
      ...{ plan: FAKE_PLANS.open, as: ['owner'], hosts: 2, hostNames: ['db-1.example.org', 'db-2.example.org'] },
      waiting: reason('window-not-agreed', 'The owner of db-1.example.org has not agreed to its window yet.', [
        'owner',
      ]),
    }),
    item('agree-exception', {
      ...{ id: 'exception', campaign: null, exception: FAKE_EXCEPTIONS.requested, as: ['owner'], hosts: 12 },
      ...{ title: 'Accept CVE-2026-0001 on 12 assets', hostNames: ['web-1.example.org'] },
      waiting: reason('exception-unanswered', 'Somebody asked for an exception: Accept CVE-2026-0001 on 12 assets.', [
        'owner',
      ]),
    }),
    item('audit', {
      ...{
        id: 'audit',
        title: 'curl 7.88.1-10+deb12u15 on debian:12',
        lane: 'routine',
        as: ['security'],
        by: null,
        due: null,
      },
      waiting: reason('audit-signature-missing', 'The audit of curl waits for a signature.', ['it', 'security']),
    }),
  ];
  const notYours = [item('approve', { id: 'asked', plan: FAKE_PLANS.asked, as: ['requester'], barred: ASKED_IT })];
  return { items, next: null, total: items.length, notYours, notYoursTotal: 3 };
}

export const EMPTY_INBOX: Inbox = { items: [], next: null, total: 0, notYours: [], notYoursTotal: 0 };

const CHANGES = ['libssl3', 'openssl'].map((name) => ({
  ...{ name, architecture: 'amd64', from: '3.0.17-1~deb12u2', to: '3.0.18-1~deb12u2' },
}));

function host(name: string, given: Partial<DecisionHost>): DecisionHost {
  return {
    ...{ assetId: fakeId(8_000), name, criticality: 'normal', environment: 'production', owner: 'otto', wave: 3 },
    ...{ maintenanceGroup: 'berlin nights', redundancyGroups: [], zone: 'Europe/Berlin', transaction: 0 },
    spans: [0, 1].map((day) => ({
      from: wire(5 * HOUR_MS + day * DAY_MS),
      until: wire(9 * HOUR_MS + day * DAY_MS),
    })),
    ...{ restarts: ['nginx.service'], mayReboot: false, agreedBy: null },
    backup: {
      ...{ kind: 'proof', takenAt: wire(-7 * HOUR_MS), repository: 'vault-1, web servers', bytes: 12_000_000 },
      checkedAt: wire(-DAY_MS),
    },
    wayBack: { kind: 'downgrade', aloneWithinMs: 30 * 60_000 },
    ...given,
  };
}

function hosts(): DecisionHost[] {
  return [
    host('db-1.example.org', {
      ...{ assetId: fakeId(8_001), criticality: 'critical', wave: 1, redundancyGroups: ['db pair'], agreedBy: 'otto' },
      wayBack: { kind: 'none', why: 'Its database format changes with the upgrade.' },
    }),
    host('db-2.example.org', {
      ...{ assetId: fakeId(8_002), criticality: 'critical', wave: 2, redundancyGroups: ['db pair'], mayReboot: true },
      backup: {
        ...{ kind: 'waiver', person: 'otto', why: 'It is a replica and is built anew.', expiresAt: wire(3 * DAY_MS) },
      },
    }),
    ...Array.from({ length: MANY_HOSTS }, (_, index) =>
      host(`host-${String(index + 1).padStart(3, '0')}.example.org`, {
        ...{
          assetId: fakeId(8_100 + index),
          wave: 3 + Math.floor(index / 100),
          owner: index % 2 === 0 ? 'otto' : null,
        },
      }),
    ),
  ];
}

const PEOPLE = { otto: 'Otto Owner', cara: 'Cara Change', sam: 'Sam Security' } as const;
const named = (login: keyof typeof PEOPLE) => ({ login, name: PEOPLE[login] });

function open(): Decision {
  const all = hosts();
  const act = (name: Decision['you']['acts'][number]['act'], verb: string) => ({
    ...{ act: name, barred: null, needed: true, assets: [], afterConsole: null, afterCli: null },
    command: `patchsteward ${verb} ${CAMPAIGN} --plan ${FAKE_PLANS.open} ${KEY}`,
  });
  return {
    ...{ plan: FAKE_PLANS.open, phrase: 'pano wuha pupi nopa loja juba', kind: 'production', lane: 'critical' },
    criticality: 'critical',
    campaign: {
      ...{ id: CAMPAIGN, title: TITLE, state: 'planned', due: wire(30 * HOUR_MS), late: false },
      ...{ releasedAt: wire(-18 * HOUR_MS), hosts: all.length + 3, testHosts: 2 },
    },
    standing: 'open',
    requester: { login: 'ivy', name: 'Ivy Admin' },
    change: {
      person: 'ivy',
      why: 'CISA lists it as exploited. The shop is reachable from outside, and its load balancer terminates TLS with this library.',
      at: wire(-HOUR_MS),
    },
    ...{ compiledAt: wire(-2 * HOUR_MS), firstStart: wire(5 * HOUR_MS), lastEnd: wire(33 * HOUR_MS) },
    ...{ notAfter: wire(54 * HOUR_MS), askedAgainAt: wire(3 * HOUR_MS), supersededBy: null },
    vulnerabilities: Array.from({ length: 11 }, (_, index) => ({
      id: `CVE-2026-${10_000 + index}`,
      advisories: index === 3 ? [] : ['DSA-6001-1'],
      intelligence: {
        ...{ severity: index === 0 ? ('critical' as const) : ('unknown' as const), severityFrom: null, said: null },
        knownExploited: index === 0 ? { added: '2026-11-20', due: null, ransomware: false } : null,
        epss: index < 3 ? { score: 0.42, percentile: 0.98, date: '2026-11-21', model: 'v2026.1' } : null,
      },
    })),
    transactions: [{ hosts: all.length, changes: CHANGES }],
    hosts: all,
    leftOut: ['laptop-17.example.org'],
    waves: [1, 2, 3, 4, 5, 6].map((wave) => ({
      ...{ wave, hosts: wave < 3 ? 1 : 100, from: wire((4 + wave) * HOUR_MS), until: wire((27 + wave) * HOUR_MS) },
    })),
    risk: {
      ...{ impact: 'low', reboot: false, restarts: ['nginx.service'], rollback: 'rehearsed', exposure: 'public' },
      ...{ note: 'Connections are cut for about two seconds.', person: 'sam' },
    },
    authenticity: { files: 804, report: `sha256:${'5e'.repeat(32)}`, at: wire(-9 * HOUR_MS) },
    trial: {
      ...{ result: 'pass', at: wire(-3 * HOUR_MS), report: `sha256:${'6f'.repeat(32)}`, acceptedBy: [] },
      hosts: [
        { name: 'ring-1.example.org', result: 'pass', reasons: [] },
        { name: 'ring-2.example.org', result: 'pass', reasons: [] },
      ],
    },
    testOwedUntil: null,
    evidence: [{ kind: 'authenticity', hash: `sha256:${'5e'.repeat(32)}` }],
    signatures: [
      { login: 'ivy', name: 'Ivy Admin', roles: ['it'], keyClass: 'cli', intent: 'request', at: wire(-HOUR_MS) },
      { ...named('cara'), roles: ['change'], keyClass: 'console', intent: 'approve', at: wire(-HOUR_MS / 2) },
    ],
    seats: [
      { roles: ['change'], filledBy: named('cara'), couldFill: [] },
      { roles: ['security', 'owner'], filledBy: null, couldFill: [named('otto'), named('sam')] },
    ],
    cliSignatures: { wanted: 1, given: 0 },
    agreements: [
      { owner: null, hosts: 200, agreed: 0 },
      { owner: 'otto', hosts: 202, agreed: 1 },
    ],
    refused: null,
    missing: [SEAT_EMPTY, CLI_MISSING],
    you: {
      ...{ login: 'ada', roles: ['owner'], keyClasses: ['cli'] },
      acts: [
        { ...act('agree', 'agree-window'), assets: all.slice(0, 30).map(({ assetId }) => assetId) },
        { ...act('approve', 'approve'), afterConsole: [CLI_MISSING], afterCli: [] },
        act('refuse', 'refuse'),
      ],
    },
  };
}

export function fakeDecision(plan: string): Decision {
  const base = open();
  const [, approve, refuse] = base.you.acts;
  if (plan === FAKE_PLANS.open) return base;
  if (plan === FAKE_PLANS.asked && approve !== undefined && refuse !== undefined) {
    const acts = [approve, refuse].map((act) => ({ ...act, barred: ASKED_IT }));
    return { ...base, plan, you: { ...base.you, acts } };
  }
  const over = { ...base, plan, missing: [], you: { ...base.you, acts: [] } };
  if (plan === FAKE_PLANS.decided) return { ...over, standing: 'decided' };
  if (plan === FAKE_PLANS.refused) {
    const refused = { person: 'cara', why: 'The shop sells until ten tonight.', at: wire(-HOUR_MS) };
    return { ...over, standing: 'refused', refused };
  }
  throw new Refusal('not-found', `There is no plan ${plan}.`);
}
