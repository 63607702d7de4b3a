import { type Assessment, assess, UNKNOWN_INTELLIGENCE } from '@patchsteward/core/2-evaluation';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { reasonOf, type Verdict } from '@patchsteward/core/vocabulary';
import { expect, it } from 'vitest';
import { condensed } from './verdict.ts';

const ASSET = { criticality: 'normal', exposure: 'internal', firstSeen: 0 } as const;
const FACTS = {
  subject: 'CVE-2026-0001',
  security: true,
  fixed: '2',
  advisoryAt: 0,
  advisoryPrecision: 'time',
  indexAt: null,
  advisorySeen: 0,
  declaredEmergencyAt: null,
  intelligence: UNKNOWN_INTELLIGENCE,
} as const;

it('a verdict that proceeds keeps all but the repetition of its reasons', () => {
  const assessment = assess(FACTS, ASSET, DEFAULT_POLICY, 0);
  const reasons = [reasonOf('backlog', 'a'), reasonOf('backlog', 'b')];
  const verdict: Verdict<Assessment> = { kind: 'proceed', value: { ...assessment, reasons } };

  expect(condensed(verdict)).toEqual({
    kind: 'proceed',
    value: { ...assessment, reasons: [reasonOf('backlog', 'a and 1 more')] },
  });
});

it.each([
  { kind: 'wait', waitingOn: [reasonOf('no-feed', 'a')] },
  { kind: 'stop', blockedBy: [reasonOf('nothing-to-evaluate', 'a')] },
] as const)('a verdict that does not proceed stays as it is: $kind', (verdict) => {
  expect(condensed(verdict)).toBe(verdict);
});
