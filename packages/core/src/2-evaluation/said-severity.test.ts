import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { assess } from './assess.ts';
import type { VulnerabilityFacts } from './facts.ts';
import { differs, type SaidSeverity, withSaid } from './said-severity.ts';
import { asset, exploited, facts, finding, NOW } from './testing/samples.ts';

function said(severity: SaidSeverity['severity']): SaidSeverity {
  return { severity, by: 'Ada Example', why: 'local only', at: NOW };
}

const UNKNOWN: Partial<VulnerabilityFacts> = { severity: 'unknown', severityFrom: null, cvss: null };

function assessed(sourced: Partial<VulnerabilityFacts>, word: SaidSeverity | null) {
  return assess(
    { ...finding(), intelligence: withSaid(facts(sourced), word) },
    asset({ exposure: 'internal' }),
    DEFAULT_POLICY,
    NOW,
  );
}

describe('withSaid', () => {
  it.each<[string, Partial<VulnerabilityFacts>, SaidSeverity | null, string, boolean]>([
    ['nobody has spoken', UNKNOWN, null, 'critical', true],
    ['said to be medium', UNKNOWN, said('medium'), 'routine', false],
    ['said to be none', UNKNOWN, said('none'), 'routine', false],
    ['said to be high', UNKNOWN, said('high'), 'routine', false],
    ['said to be critical', UNKNOWN, said('critical'), 'critical', false],
    ['a source says critical, the person low', { severity: 'critical' }, said('low'), 'routine', false],
    ['a source has a grave score, the person says low', { severity: 'high', cvss: 9.8 }, said('low'), 'routine', false],
    ['a source says low, the person critical', { severity: 'low' }, said('critical'), 'critical', false],
    [
      'exploited, whatever the person says',
      { ...UNKNOWN, knownExploited: exploited() },
      said('low'),
      'critical',
      false,
    ],
  ])('%s', (_, sourced, word, lane, unknown) => {
    const assessment = assessed(sourced, word);

    expect(assessment.lane).toBe(lane);
    expect(assessment.reasons.some(({ code }) => code === 'severity-unknown')).toBe(unknown);
  });

  it('names the person as the cause', () => {
    expect(assessed(UNKNOWN, said('critical')).why).toContain('Security (Ada Example) calls it critical');
  });

  it('without a word changes nothing', () => {
    const sourced = facts({ severity: 'high', cvss: 8.1 });

    expect(withSaid(sourced, null)).toBe(sourced);
  });
});

it.each<[VulnerabilityFacts['severity'], SaidSeverity['severity'], boolean]>([
  ['unknown', 'low', false],
  ['low', 'low', false],
  ['high', 'low', true],
])('a source that says %s differs from a person who says %s: %s', (severity, word, expected) => {
  expect(differs(facts({ severity }), said(word))).toBe(expected);
});
