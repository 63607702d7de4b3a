import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import type { BelievedSeverity } from './believed.ts';
import { type Counting, countingAfter, isRaised } from './counting.ts';
import type { SsvcPoint } from './ssvc-point.ts';

const CRITICAL: BelievedSeverity = { severity: 'critical', from: 'NVD', cvss: 9.8 };
const HIGH: BelievedSeverity = { severity: 'high', from: 'NVD', cvss: 8.1 };
const LOW: BelievedSeverity = { severity: 'low', from: 'debian', cvss: null };
const UNKNOWN: BelievedSeverity = { severity: 'unknown', from: null, cvss: null };
const GRAVE: SsvcPoint = {
  ...{ source: 'CISA-ADP', at: 1, version: null, exploitation: 'active', automatable: true, technicalImpact: 'total' },
};
const CALM: SsvcPoint = { ...GRAVE, at: 2, exploitation: 'none', automatable: false, technicalImpact: 'partial' };

const of = (believed: Counting['believed'], ssvc: SsvcPoint | null = null): Counting => ({ believed, ssvc });
const after = (before: Counting, now: Counting) => countingAfter(before, now, DEFAULT_POLICY);

describe('what counts after sources changed their word', () => {
  it.each<[string, Counting, Counting, Counting['believed']]>([
    ['moves up by itself', of({ '': HIGH }), of({ '': CRITICAL }), { '': CRITICAL }],
    ['does not move down by itself', of({ '': CRITICAL }), of({ '': HIGH }), { '': CRITICAL }],
    ['does not move down to nobody’s word', of({ '': CRITICAL }), of({ '': UNKNOWN }), { '': CRITICAL }],
    ['takes the first word, whatever it is', of({ '': UNKNOWN }), of({ '': LOW }), { '': LOW }],
    ['has nothing to hold within a lane', of({ '': HIGH }), of({ '': LOW }), { '': LOW }],
    [
      'holds against a vendor who speaks up',
      of({ '': CRITICAL }),
      of({ '': CRITICAL, debian: LOW }),
      { '': CRITICAL, debian: CRITICAL },
    ],
    [
      'holds what a vendor takes back',
      of({ '': LOW, debian: CRITICAL }),
      of({ '': LOW }),
      { '': LOW, debian: CRITICAL },
    ],
    ['lets go of a calm vendor who falls silent', of({ '': HIGH, debian: LOW }), of({ '': HIGH }), { '': HIGH }],
  ])('%s', (_, before, now, believed) => {
    expect(after(before, now).believed).toEqual(believed);
  });

  it('keeps of SSVC what made attacks likelier, member by member', () => {
    expect(after(of({}, GRAVE), of({}, CALM)).ssvc).toEqual({ ...GRAVE, at: 2 });
    expect(after(of({}, CALM), of({}, GRAVE)).ssvc).toEqual(GRAVE);
    expect(after(of({}, GRAVE), of({})).ssvc).toEqual(GRAVE);
    expect(after(of({}), of({}, CALM)).ssvc).toEqual(CALM);
  });

  const severity = fc.constantFrom(CRITICAL, HIGH, LOW, UNKNOWN);
  const point = fc.constantFrom(GRAVE, CALM, null);
  const counting = fc.record({ believed: fc.dictionary(fc.constantFrom('', 'debian'), severity), ssvc: point });

  it('asked twice is asked once', () => {
    fc.assert(
      fc.property(counting, counting, (before, now) => {
        const once = after(before, now);
        expect(after(once, now)).toEqual(once);
      }),
    );
  });

  it('is never less than before, in either direction', () => {
    fc.assert(
      fc.property(counting, counting, (before, now) => {
        // Back to what was: nothing that was urgent would have to be raised again.
        expect(isRaised(after(before, now), before, DEFAULT_POLICY)).toBe(false);
      }),
    );
  });
});

describe('what is raised', () => {
  it.each<[string, Counting, Counting, boolean]>([
    ['a rating that became urgent', of({ '': HIGH }), of({ '': CRITICAL }), true],
    ['that of one vendor alone', of({ '': HIGH, debian: LOW }), of({ '': HIGH, debian: CRITICAL }), true],
    ['an attack that became likelier', of({}, CALM), of({}, GRAVE), true],
    ['a first word that is grave', of({}), of({}, GRAVE), true],
    ['not a first word that is calm', of({}), of({}, CALM), false],
    ['not what was on the critical clock for want of a word', of({ '': UNKNOWN }), of({ '': CRITICAL }), false],
    ['not what stays in its lane', of({ '': LOW }), of({ '': HIGH }), false],
  ])('%s', (_, before, now, raised) => {
    expect(isRaised(before, now, DEFAULT_POLICY)).toBe(raised);
  });
});
