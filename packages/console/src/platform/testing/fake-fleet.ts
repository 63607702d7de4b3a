import type {
  ExposedAsset,
  ExposureAnswer,
  FindingBody,
  FindingGroup,
  FleetFinding,
  FleetUpdate,
  OfferedAsset,
  SeverityOutcome,
  SeverityRow,
  UpdateGroup,
} from '@patchsteward/contract';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { DAY_MS, FAKE_ASSETS, fakeId, HOUR_MS, wire } from './fake-assets.ts';
import { FAKE_CAMPAIGN } from './fake-campaign.ts';
import { FAKE_EXCEPTIONS } from './fake-exceptions.ts';
import { fakeFindings } from './fake-findings.ts';
import { matching, pageOf } from './fake-pages.ts';
import { fakeSeverityWords } from './fake-severity-words.ts';

const SCOPES = ['debian:12', 'debian:13', 'ubuntu:24.04'];
const VULNERABILITIES = 1_240;
const SOURCES = 130;
const UNKNOWN = 240;
const LONG_NAME = 'ci-runner-with-a-very-long-name-that-somebody-chose-on-a-friday.build.example.org';

/** What exposure can be asked about. */
export const FAKE_EXPOSURE = { affected: 'CVE-2025-10000', clear: 'CVE-2024-3094', advisory: 'DSA-5800-1' } as const;

export type FakeFleetRouteId =
  | 'finding.groups'
  | 'finding.list'
  | 'update.groups'
  | 'update.list'
  | 'update.assets'
  | 'exposure.show'
  | 'severity.list'
  | 'severity.show'
  | 'severity.preview'
  | 'severity.judge'
  | 'severity.withdraw'
  | 'severity.follow';

const IDLE = [{ source: 'linux', scope: 'debian:12', assets: 40, vulnerabilities: 1_234 }];

/** Findings, updates, exposure and severities over the fleet of the fake; nothing that is judged here stays. */
export function fakeFleet(): Handlers<FakeFleetRouteId> {
  const findings = fakeFindings(VULNERABILITIES, SOURCES);
  const bySource = [...Map.groupBy(findings, ({ source }) => source).values()];
  const groups = { vulnerability: findings.map((one, at) => group([one], at, false)), source: bySource.map(ofSource) };
  const updates = bySource.map(offered);
  const counted = { scopes: SCOPES, countedAt: wire(-4 * 60_000), countingSince: null };
  return {
    'finding.groups': async ({ query }) => ({
      ...pageOf(matching(groups[query.by], query.search), query),
      ...counted,
      idle: IDLE,
      assetsNotJudged: 2,
      assetsPartlyJudged: 1,
    }),
    'finding.list': async ({ query }) => ({
      ...pageOf(findings.filter(({ source }) => source === query.source).map(fleetFinding), query),
      countingSince: null,
      idle: IDLE,
      past: null,
      assetsNotJudged: 2,
      assetsPartlyJudged: 1,
      reasons: [],
    }),
    'update.groups': async ({ query }) => ({ ...pageOf(matching(updates, query.search), query), ...counted }),
    'update.list': async ({ query }) => ({
      ...pageOf(updates.filter(({ source }) => source === query.source).flatMap(fleetUpdates), query),
      countingSince: null,
    }),
    'update.assets': async ({ query }) => pageOf(OFFERED_TO, query),
    'exposure.show': async ({ params }) => exposure(params.vulnerability.toUpperCase()),
    'severity.list': async ({ query }) => ({
      ...pageOf(matching(SEVERITIES_LISTED[query.state](), query.search), query),
      ...counted,
    }),
    'severity.show': async ({ params, query }) => fakeSeverityWords(params.vulnerability, query.distribution),
    'severity.preview': async ({ body }) => outcome(body.vulnerabilities),
    'severity.judge': async ({ body }) => outcome(body.vulnerabilities),
    'severity.withdraw': async ({ body }) => outcome(body.vulnerabilities),
    'severity.follow': async ({ body }) => outcome(body.vulnerabilities),
  };
}

function ofSource(own: readonly FindingBody[], at: number): FindingGroup {
  return group(own, at, true);
}

function group(own: readonly FindingBody[], at: number, bySource: boolean): FindingGroup {
  const [first] = own;
  if (first === undefined) throw new Error('a group has a finding');
  const { assessment, intelligence, source, vulnerability } = first;
  return {
    name: bySource ? source : vulnerability,
    assets: 1 + ((at * 37) % 305),
    answered: Math.min(2, Math.floor(own.length / 3)),
    vulnerabilities: own.length,
    sources: bySource || at % 9 !== 4 ? [source] : [source, 'openssl', 'curl', 'expat', 'linux', 'sudo'],
    scopes: at % 3 === 0 ? SCOPES : ['debian:12'],
    advisories: [first.advisory],
    lane: assessment.lane,
    due: assessment.due,
    late: assessment.late,
    severity: intelligence.severity,
    knownExploited: own.some((one) => one.intelligence.knownExploited !== null),
    epss: Math.max(0, ...own.map((one) => one.intelligence.epss?.score ?? 0)),
    fixes: fixesOf(own, at),
    offeredOn: offeredOnOf(own, at),
  };
}

function fixesOf(own: readonly FindingBody[], at: number): FindingGroup['fixes'] {
  if (own.every(({ fixed }) => fixed === null)) return ['no-fix'];
  if (at % 5 === 4) return ['offered', 'not-offered'];
  return at % 8 === 6 ? ['not-offered'] : ['offered'];
}

function offeredOnOf(own: readonly FindingBody[], at: number): number | null {
  if (at % 5 === 4) return null;
  return fixesOf(own, at).includes('offered') ? 1 + ((at * 37) % 305) : 0;
}

function fleetFinding(own: FindingBody, at: number): FleetFinding {
  const { lane, due, late } = own.assessment;
  const { vulnerability, source, advisory, fixed, intelligence } = own;
  return {
    vulnerability,
    source,
    scope: 'debian:12',
    advisory,
    fixed,
    fix: fixed === null ? 'no-fix' : 'offered',
    offeredOn: fixed === null ? 0 : 1 + ((at * 37) % 305),
    assets: 1 + ((at * 37) % 305),
    lane,
    due,
    late,
    intelligence,
  };
}

function offered(own: readonly FindingBody[], at: number): UpdateGroup {
  const [first] = own;
  if (first === undefined) throw new Error('a group has a finding');
  const security = at % 3 !== 2;
  const base = `1.${at}.0-3+deb12u9`;
  return {
    source: first.source,
    scopes: at % 3 === 0 ? SCOPES : ['debian:12'],
    versions: at % 3 === 0 ? [base, `1.${at}.2-1ubuntu3.4`] : [base],
    assets: 1 + ((at * 29) % 305),
    kind: security ? 'security' : 'bugfix',
    fixes: security ? own.length : 0,
    knownExploited: own.filter((one) => one.intelligence.knownExploited !== null).length,
    lane: security ? first.assessment.lane : null,
    due: security ? first.assessment.due : null,
    late: security && first.assessment.late,
  };
}

function fleetUpdates({ source, versions, kind, lane, due, late, fixes }: UpdateGroup): FleetUpdate[] {
  return versions.map((sourceVersion, at) => ({
    source,
    sourceVersion,
    scope: SCOPES[at] ?? 'debian:12',
    packages: [source, `lib${source}-dev`, `lib${source}3`],
    kind,
    fixes: Array.from({ length: Math.max(fixes, 20) }, (_, index) => `CVE-2025-${20_000 + index}`),
    assets: 40,
    lane,
    due,
    late,
  }));
}

const OFFERED_TO: readonly OfferedAsset[] = Array.from({ length: 40 }, (_, index) => ({
  id: index === 0 ? FAKE_ASSETS.affected : fakeId(1_000 + index),
  name: index === 1 ? LONG_NAME : `host-${String(index).padStart(3, '0')}.example.org`,
  criticality: 'normal',
  environment: 'production',
  owner: index % 4 === 3 ? null : 'Platform team',
  installed: index === 2 ? ['1.0.0-3+deb12u1', '1.0.0-3+deb12u2'] : ['1.0.0-3+deb12u1'],
}));

function exposure(asked: string): ExposureAnswer {
  if (asked === FAKE_EXPOSURE.affected) return affected();
  if (asked === FAKE_EXPOSURE.advisory) {
    return {
      ...affected(),
      vulnerability: asked,
      vulnerabilities: ['CVE-2025-10000', 'CVE-2025-10041', 'CVE-2025-10082'],
      advisory: {
        id: asked,
        feed: 'debian-osv',
        summary: 'openssl - security update',
        url: `https://security-tracker.debian.org/tracker/${asked}`,
        published: wire(-3 * DAY_MS),
        source: {
          ...{ sha256: `sha256:${'4b'.repeat(32)}`, of: 'document', checkedBy: 'signature' },
          signedBy: ['8F5F267907B2C4559DB360DB2294BA7D2B2298B1'],
        },
      },
    };
  }
  if (asked === FAKE_EXPOSURE.clear) return notAffected();
  return {
    ...notAffected(),
    vulnerability: asked,
    vulnerabilities: [asked],
    releases: [],
    answer: 'not-judged',
    sentence: `No loaded feed names ${asked}: nobody can say whether an asset is affected.`,
    claims: [],
    assetsNotJudged: 305,
  };
}

const NONE = {
  ...{ affected: 0, underInvestigation: 0, idle: 0, fixed: 0, notAffected: 0, notInstalled: 0, notJudged: 0 },
};

const CAMPAIGN = { id: FAKE_CAMPAIGN.paused, title: 'openssl on web', state: 'armed' };
type Step = Pick<ExposedAsset, 'status' | 'next' | 'campaign' | 'answered'>;
const FIRST_STEP: Step = {
  ...{ status: 'affected', campaign: CAMPAIGN, answered: null },
  next: { step: 'follow-campaign', sentence: 'The campaign “openssl on web” carries an update of openssl.' },
};
const STEPS: readonly Step[] = [
  FIRST_STEP,
  {
    ...{ status: 'affected', campaign: null },
    answered: { response: FAKE_EXCEPTIONS.standing, kind: 'accept', until: wire(20 * DAY_MS) },
    next: { step: 'lift-hold', sentence: 'libssl3 is on hold: lift the hold, then install openssl 1.0.0-3+deb12u9.' },
  },
  {
    ...{ status: 'not_judged', campaign: null, answered: null },
    next: { step: 'ask-publisher', sentence: 'openssl comes from a third party, of whom no claim speaks: ask it.' },
  },
  {
    ...{ status: 'wont_fix', campaign: null, answered: null },
    next: { step: 'mitigate', sentence: 'The vendor will not fix it: mitigate, replace it, or accept it.' },
  },
];

function affected(): ExposureAnswer {
  const [known] = fakeFindings(1, 1);
  if (known === undefined) throw new Error('the fake has a finding');
  const assets = Array.from({ length: 41 }, (_, index) => exposed(known, index));
  return {
    vulnerability: FAKE_EXPOSURE.affected,
    vulnerabilities: [FAKE_EXPOSURE.affected],
    advisory: null,
    releases: [
      {
        scope: 'debian:12',
        name: 'Debian GNU/Linux 12 (bookworm)',
        answer: 'affected',
        sentence: '41 assets have a version of openssl below 1.0.0-3+deb12u9.',
        assets: 303,
        affected: 41,
        notJudged: 0,
        counts: { ...NONE, affected: 41, idle: 2, notInstalled: 260 },
      },
      {
        scope: 'debian:13',
        name: 'Debian GNU/Linux 13 (trixie)',
        answer: 'not-affected',
        sentence: 'The vendor says that openssl of this release is not affected.',
        assets: 12,
        affected: 0,
        notJudged: 0,
        counts: { ...NONE, notAffected: 12 },
      },
      {
        scope: 'ubuntu:24.04',
        name: 'Ubuntu 24.04.3 LTS',
        answer: 'not-judged',
        sentence: 'No loaded feed covers Ubuntu 24.04 LTS; import a feed that does.',
        assets: 1,
        affected: 0,
        notJudged: 1,
        counts: { ...NONE, notJudged: 1 },
      },
    ],
    past: null,
    counts: { ...NONE, affected: 41, idle: 2, notAffected: 12, notInstalled: 260, notJudged: 1 },
    answer: 'affected',
    sentence: '41 assets are affected by CVE-2025-10000; of 1 asset nobody can say.',
    intelligence: known.intelligence,
    claims: ['openssl', 'edk2'].map((name) => ({
      advisory: known.advisory,
      feed: known.feed,
      scope: 'debian:12',
      package: name,
      status: 'fixed',
      fixed: known.fixed,
      ...{ justification: null, impact: null },
    })),
    assets,
    assetsTotal: assets.length,
    assetsNotJudged: 1,
    next: null,
  };
}

function exposed(known: FindingBody, index: number): ExposedAsset {
  return {
    assetId: index === 0 ? FAKE_ASSETS.affected : fakeId(1_000 + index),
    assetName: index === 1 ? LONG_NAME : `host-${String(index).padStart(3, '0')}.example.org`,
    criticality: index % 3 === 0 ? 'high' : 'normal',
    exposure: index % 2 === 0 ? 'public' : 'unknown',
    source: known.source,
    sourceVersion: known.sourceVersion,
    packages: ['libssl3', 'openssl'],
    vulnerabilities: [FAKE_EXPOSURE.affected],
    since: wire(-2 * DAY_MS - index * HOUR_MS),
    advisory: known.advisory,
    advisoryUrl: known.advisoryUrl,
    advisorySource: known.advisorySource,
    fixed: index === 3 ? null : known.fixed,
    fixOffered: index !== 2 && index !== 3,
    ...(STEPS[index % STEPS.length] ?? FIRST_STEP),
    ...{ runs: null, releasedAt: wire(-4 * DAY_MS), knownSince: wire(-3 * DAY_MS), onAssetSince: wire(-2 * DAY_MS) },
    ...{ feed: known.feed, losing: [], offers: [], held: [], reasons: [] },
    why: known.why,
  };
}

function notAffected(): ExposureAnswer {
  return {
    vulnerability: FAKE_EXPOSURE.clear,
    vulnerabilities: [FAKE_EXPOSURE.clear],
    advisory: null,
    releases: [
      {
        scope: 'debian:12',
        name: 'Debian GNU/Linux 12 (bookworm)',
        answer: 'not-affected',
        sentence: 'No asset has a version of xz-utils that is affected.',
        assets: 303,
        affected: 0,
        notJudged: 0,
        counts: { ...NONE, fixed: 300, notInstalled: 3 },
      },
    ],
    past: null,
    counts: { ...NONE, fixed: 300, notInstalled: 3 },
    answer: 'not-affected',
    sentence: 'No asset is affected by CVE-2024-3094.',
    intelligence: { severity: 'unknown', severityFrom: null, said: null, knownExploited: null, epss: null },
    claims: [
      {
        advisory: 'DSA-5649-1',
        feed: 'debian-osv',
        scope: 'debian:12',
        package: 'xz-utils',
        status: 'not_affected',
        fixed: null,
        justification: 'vulnerable_code_not_present',
        impact: 'It was built without the test files that carry the backdoor.',
      },
    ],
    assets: [],
    assetsTotal: 0,
    assetsNotJudged: 0,
    next: null,
  };
}

function unknown(): SeverityRow[] {
  return fakeFindings(UNKNOWN, 60).map((own, at) => ({
    vulnerability: own.vulnerability,
    feeds: ['debian-osv'],
    sources: at % 6 === 0 ? [own.source, 'firefox-esr', 'thunderbird', 'mozjs102', 'mozjs115', 'nss'] : [own.source],
    scopes: at % 3 === 0 ? SCOPES : ['debian:12'],
    assets: 1 + ((at * 37) % 305),
    lane: 'critical',
    due: wire(-3 * HOUR_MS + at * HOUR_MS),
    late: at < 3,
    advisory: own.advisory,
    advisoryUrl: own.advisoryUrl,
    intelligence: { ...own.intelligence, severity: 'unknown', severityFrom: null },
  }));
}

/** Rated lower than before, and one of them listed as exploited no more. */
function held(): SeverityRow[] {
  return unknown()
    .slice(0, 12)
    .map((row, at) => ({
      ...row,
      intelligence: {
        ...row.intelligence,
        severity: 'critical',
        severityFrom: 'redhat (CNA)',
        knownExploited: at === 0 ? { added: '2026-11-18', due: '2026-11-21', ransomware: false } : null,
        held: {
          ...{ severity: 'medium', severityFrom: 'redhat (CNA)', cvss: 5.3, ssvc: null, knownExploited: null },
          since: wire(-DAY_MS),
        },
      },
    }));
}

const SEVERITIES_LISTED = { unknown, held, judged };

function judged(): SeverityRow[] {
  return unknown()
    .slice(0, 4)
    .map((row, at) => ({
      ...row,
      lane: at === 0 ? null : 'routine',
      due: at === 0 ? null : wire(20 * DAY_MS),
      late: false,
      intelligence: {
        ...row.intelligence,
        severity: 'low',
        said: {
          severity: 'low',
          by: 'sam',
          at: wire(-DAY_MS),
          why: 'Only reachable by a local user who is an administrator already.',
          source: at === 1 ? { severity: 'high', from: 'nvd' } : null,
          differs: at === 1,
        },
      },
    }));
}

function outcome(vulnerabilities: readonly string[]): SeverityOutcome {
  return {
    vulnerabilities: vulnerabilities.length,
    notFound: 1,
    saidBefore: [{ vulnerability: vulnerabilities[0] ?? '', severity: 'high', by: 'sam' }],
    findings: vulnerabilities.length * 12,
    moves: [
      {
        from: 'critical',
        to: 'routine',
        vulnerabilities: vulnerabilities.length,
        findings: vulnerabilities.length * 12,
        dueBefore: wire(6 * HOUR_MS),
        dueAfter: wire(20 * DAY_MS),
      },
    ],
    campaigns: [
      {
        id: fakeId(700),
        title: 'openssl 1.0.0-3+deb12u9 on Debian 12',
        lane: 'critical',
        due: wire(6 * HOUR_MS),
        laneAfter: 'routine',
        dueAfter: wire(20 * DAY_MS),
        outcome: 'needs-signatures',
      },
    ],
  };
}
