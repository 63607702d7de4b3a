import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../policy/index.ts';
import { type AssetFacts, DAY_MS, HOUR_MS, REASONS } from '../vocabulary/index.ts';
import { assess } from './assess.ts';
import type { FindingFacts } from './facts.ts';
import { asset, exploited, finding, NOW, shown } from './testing/samples.ts';

const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00Z`);

type Row = [
  name: string,
  finding: Parameters<typeof finding>[0],
  asset: Partial<AssetFacts>,
  lane: string,
  due: string,
  reasons: string[],
];

// All released 2026-07-14 08:00 and seen an hour later on an internal asset, but for what the row says.
const ROWS: Row[] = [
  ['medium severity', {}, {}, 'routine', '2026-08-13 08:00', []],
  ['high severity', { about: { severity: 'high', cvss: 8.9 } }, {}, 'routine', '2026-08-13 08:00', []],
  ['a vendor calls it critical', { about: { severity: 'critical' } }, {}, 'critical', '2026-07-16 08:00', []],
  ['a CVSS base score of 9', { about: { severity: 'high', cvss: 9 } }, {}, 'critical', '2026-07-16 08:00', []],
  ['unknown severity', { about: { severity: 'unknown' } }, {}, 'critical', '2026-07-16 08:00', ['severity-unknown']],
  ['nothing known of it', { intelligence: null }, {}, 'critical', '2026-07-16 08:00', ['severity-unknown']],
  ['unknown severity, yet a score', { about: { severity: 'unknown', cvss: 5 } }, {}, 'routine', '2026-08-13 08:00', []],
  ['no security at all', { security: false, intelligence: null }, {}, 'routine', '2026-08-13 08:00', []],
  [
    'no security on an asset of unknown exposure',
    { security: false, intelligence: null },
    { exposure: 'unknown' },
    'routine',
    '2026-08-13 08:00',
    [],
  ],
  [
    'only the day of the release is known',
    { advisoryAt: at('2026-07-14 00:00'), advisoryPrecision: 'day', about: { severity: 'critical' } },
    {},
    'critical',
    '2026-07-16 00:00',
    ['released-without-time'],
  ],
  [
    'backlog of an asset',
    { about: { severity: 'critical' } },
    { firstSeen: at('2026-07-15 06:00') },
    'critical',
    '2026-07-17 06:00',
    ['backlog'],
  ],
  [
    'backlog of an advisory',
    { advisoryAt: at('2026-06-01 00:00'), about: { severity: 'critical' } },
    {},
    'critical',
    '2026-07-16 09:00',
    ['backlog'],
  ],
  [
    'too late already',
    { advisoryAt: at('2026-07-12 08:00'), advisorySeen: at('2026-07-12 09:00'), about: { severity: 'critical' } },
    {},
    'critical',
    '2026-07-14 08:00',
    ['due-passed'],
  ],

  // Known to be exploited: BOD 26-04 gives 14 days at most, which makes it critical anywhere.
  ['exploited, internal', { about: { knownExploited: exploited() } }, {}, 'critical', '2026-07-16 08:00', []],
  [
    'exploited, isolated',
    { about: { knownExploited: exploited() } },
    { exposure: 'isolated' },
    'critical',
    '2026-07-16 08:00',
    [],
  ],
  [
    'exploited, public, no details',
    { about: { knownExploited: exploited() } },
    { exposure: 'public' },
    'critical',
    '2026-07-16 08:00',
    ['exploitation-details-unknown'],
  ],
  [
    'exploited, public, neither automatable nor total',
    {
      about: {
        knownExploited: exploited(),
        ssvc: { exploitation: 'active', automatable: false, technicalImpact: 'partial' },
      },
    },
    { exposure: 'public' },
    'critical',
    '2026-07-16 08:00',
    [],
  ],
  [
    'exploited, public, automatable',
    {
      about: {
        knownExploited: exploited(),
        ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'partial' },
      },
    },
    { exposure: 'public' },
    'emergency',
    '2026-07-15 08:00',
    ['due-passed'],
  ],
  [
    'exploited, public, total',
    {
      about: {
        knownExploited: exploited(),
        ssvc: { exploitation: 'active', automatable: false, technicalImpact: 'total' },
      },
    },
    { exposure: 'public' },
    'emergency',
    '2026-07-15 08:00',
    ['due-passed'],
  ],
  [
    'exploited, unknown exposure, total',
    {
      about: { knownExploited: exploited(), ssvc: { exploitation: null, automatable: null, technicalImpact: 'total' } },
    },
    { exposure: 'unknown' },
    'emergency',
    '2026-07-15 08:00',
    ['exposure-unknown', 'due-passed'],
  ],
  [
    'exploited and total, but internal',
    {
      about: {
        knownExploited: exploited(),
        ssvc: { exploitation: 'active', automatable: false, technicalImpact: 'total' },
      },
    },
    {},
    'critical',
    '2026-07-16 08:00',
    [],
  ],
  [
    'listed as exploited after the release: the critical clock is not moved back',
    {
      about: {
        knownExploited: exploited({ added: at('2026-07-15 08:30') }),
        ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'total' },
      },
    },
    { exposure: 'public' },
    'emergency',
    '2026-07-16 08:00',
    [],
  ],
  [
    'listed as exploited long before the release',
    {
      about: {
        knownExploited: exploited({ added: at('2026-06-01 00:00') }),
        ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'total' },
      },
    },
    { exposure: 'public' },
    'emergency',
    '2026-07-15 08:00',
    ['due-passed'],
  ],

  // SSVC of the deployer: criticality and exposure of the asset count.
  [
    'SSVC immediate',
    { about: { ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'partial' } } },
    { exposure: 'public', criticality: 'high' },
    'emergency',
    '2026-07-15 08:00',
    ['due-passed'],
  ],
  [
    'the same on an asset of low worth is out of cycle',
    { about: { ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'partial' } } },
    { exposure: 'public', criticality: 'low' },
    'critical',
    '2026-07-16 08:00',
    [],
  ],
  [
    'the same isolated is scheduled, and BOD gives 60 days',
    { about: { ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'partial' } } },
    { exposure: 'isolated', criticality: 'low' },
    'routine',
    '2026-08-13 08:00',
    [],
  ],
  [
    'BOD 26-04 without KEV: public, automatable, total',
    { about: { ssvc: { exploitation: 'none', automatable: true, technicalImpact: 'total' } } },
    { exposure: 'public', criticality: 'low' },
    'critical',
    '2026-07-16 08:00',
    [],
  ],

  // Declared by Security.
  [
    'an emergency declared for an exposed asset',
    { declaredEmergencyAt: at('2026-07-15 08:45') },
    { exposure: 'public' },
    'emergency',
    '2026-07-16 08:45',
    [],
  ],
  [
    'an emergency declared for an internal asset',
    { declaredEmergencyAt: at('2026-07-15 08:45') },
    {},
    'emergency',
    '2026-07-17 08:45',
    [],
  ],
  [
    'an emergency declared for an update without a vulnerability',
    { declaredEmergencyAt: at('2026-07-15 08:45'), security: false, intelligence: null },
    {},
    'emergency',
    '2026-07-17 08:45',
    [],
  ],

  // No patch.
  ['no patch, nothing urgent', { fixed: null }, {}, 'routine', '2026-08-13 09:00', ['no-fix-available']],
  [
    'no patch, unknown severity',
    { fixed: null, about: { severity: 'unknown' } },
    {},
    'routine',
    '2026-08-13 09:00',
    ['severity-unknown', 'no-fix-available'],
  ],
  [
    'no patch, critical',
    { fixed: null, about: { severity: 'critical' }, advisorySeen: at('2026-07-15 08:30') },
    {},
    'mitigation',
    '2026-07-15 12:30',
    ['no-fix-available'],
  ],
  [
    'no patch, declared',
    { fixed: null, declaredEmergencyAt: at('2026-07-15 08:45') },
    {},
    'mitigation',
    '2026-07-15 12:45',
    ['no-fix-available'],
  ],
];

describe('assess', () => {
  it.each(ROWS)('%s', (_, members, assetMembers, lane, due, reasons) => {
    const assessment = assess(finding(members), asset(assetMembers), DEFAULT_POLICY, NOW);

    expect({ lane: assessment.lane, due: shown(assessment.due) }).toEqual({ lane, due });
    expect(assessment.reasons.map(({ code }) => code)).toEqual(reasons);
    expect(assessment.late).toBe(reasons.includes('due-passed'));
    expect(assessment.policyVersion).toBe('sop-3');
    expect(assessment.why).toMatch(new RegExp(`^${lane}.* because .*: .*\\.$`, 'i'));
  });

  it('each reason names the subject, and who can clear it', () => {
    const late = finding({
      advisoryAt: at('2026-06-01 08:00'),
      advisorySeen: at('2026-06-01 09:00'),
      intelligence: null,
    });

    const { reasons, due } = assess(late, asset({ exposure: 'unknown' }), DEFAULT_POLICY, NOW);

    expect(reasons.map(({ code }) => code)).toEqual(['severity-unknown', 'exposure-unknown', 'due-passed']);
    for (const reason of reasons) {
      expect(reason).toMatchObject({ subject: 'CVE-2026-0001', clearableBy: REASONS[reason.code] });
    }
    expect(reasons.at(-1)?.by).toBe(due);
  });

  it.each<[string, Partial<FindingFacts>, Partial<AssetFacts>, string]>([
    ['routine', {}, {}, 'Routine because nothing makes it urgent: 30 days from the release in the advisory.'],
    [
      'by the index',
      { indexAt: at('2026-07-14 07:00'), intelligence: null },
      {},
      'Critical because it is a security update of unknown severity: 48 hours from the release in the package index.',
    ],
    [
      'in the backlog',
      { intelligence: null },
      { firstSeen: at('2026-07-15 06:00') },
      'Critical because it is a security update of unknown severity: 48 hours from first sight, as it was released before.',
    ],
    [
      'when declared',
      { declaredEmergencyAt: NOW },
      {},
      'Emergency because Security declared it an emergency: 48 hours from its declaration.',
    ],
    [
      'without a patch',
      { fixed: null },
      {},
      'Routine because no patch is known and nothing makes it urgent: 30 days from first sight.',
    ],
  ])('explains itself: %s', (_, members, assetMembers, why) => {
    expect(assess(finding(members), asset(assetMembers), DEFAULT_POLICY, NOW).why).toBe(why);
  });

  it.each<[string, Parameters<typeof finding>[0], Partial<AssetFacts>, string]>([
    ['a score', { about: { cvss: 9.8 } }, {}, 'its CVSS base score is 9.8'],
    ['a vendor', { about: { severity: 'critical', severityFrom: 'Debian' } }, {}, 'Debian calls it critical'],
    ['BOD 26-04', { about: { knownExploited: exploited() } }, {}, 'BOD 26-04 gives it 14 days'],
    [
      'SSVC',
      { about: { ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'partial' } } },
      { criticality: 'high' },
      'SSVC says out-of-cycle',
    ],
  ])('names the cause: %s', (_, members, assetMembers, cause) => {
    expect(assess(finding(members), asset(assetMembers), DEFAULT_POLICY, NOW).why).toContain(
      `Critical because ${cause}: `,
    );
  });
});

describe('dates that bind', () => {
  const listed = finding({
    about: { knownExploited: exploited({ due: at('2026-07-15 00:00') }), severity: 'critical' },
  });
  const scheduled = finding({
    about: { ssvc: { exploitation: 'none', automatable: true, technicalImpact: 'partial' } },
  });
  const binding = (members: Partial<Policy['binding']>): Policy => ({
    ...DEFAULT_POLICY,
    binding: { ...DEFAULT_POLICY.binding, ...members },
  });

  it('the dates of CISA are shown, and do not bind', () => {
    const assessment = assess(listed, asset(), DEFAULT_POLICY, NOW);

    expect(assessment).toMatchObject({ due: at('2026-07-16 08:00'), dueFrom: 'lane' });
    expect(assessment.bod).toMatchObject({ outcome: '14D', due: at('2026-07-28 08:00'), binding: false });
  });

  it('where the policy says so, the earlier date wins', () => {
    expect(assess(listed, asset(), binding({ knownExploitedDue: true }), NOW)).toMatchObject({
      due: at('2026-07-15 00:00'),
      dueFrom: 'known-exploited',
      why: expect.stringContaining("CISA's date for it binds and is the earliest"),
    });
  });

  it('a later date never wins', () => {
    expect(assess(listed, asset(), binding({ bod2604: true }), NOW)).toMatchObject({
      due: at('2026-07-16 08:00'),
      dueFrom: 'lane',
      bod: { binding: true },
    });
  });

  it('BOD 26-04 can bind a routine update', () => {
    const slow: Policy = { ...binding({ bod2604: true }), routine: { dueMs: 90 * DAY_MS } };

    expect(assess(scheduled, asset(), slow, NOW)).toMatchObject({
      lane: 'routine',
      due: at('2026-07-14 09:00') + 60 * DAY_MS,
      dueFrom: 'bod-26-04',
      bod: { outcome: '60D' },
    });
  });

  it('what is due this very moment is not late yet', () => {
    const { due } = assess(finding(), asset(), DEFAULT_POLICY, NOW);

    expect(assess(finding(), asset(), DEFAULT_POLICY, due).late).toBe(false);
    expect(assess(finding(), asset(), DEFAULT_POLICY, due + 1).late).toBe(true);
  });

  it('no lane is slower than the routine one', () => {
    const odd: Policy = { ...DEFAULT_POLICY, routine: { dueMs: HOUR_MS } };

    expect(assess(finding({ intelligence: null }), asset(), odd, NOW).due).toBe(at('2026-07-14 09:00'));
  });
});

it('says that sources say less by now, and that Security must agree to it', () => {
  const held = finding({ about: { severity: 'critical', held: true } });

  expect(assess(held, asset(), DEFAULT_POLICY, NOW)).toMatchObject({
    lane: 'critical',
    reasons: expect.arrayContaining([expect.objectContaining({ code: 'urgency-held', clearableBy: ['security'] })]),
  });
});
