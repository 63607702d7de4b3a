import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { assess } from './assess.ts';
import { assessTogether } from './assess-together.ts';
import type { FindingFacts } from './facts.ts';
import { asset, exploited, finding, NOW, shown } from './testing/samples.ts';

const JUNE = Date.UTC(2026, 5, 20, 8);

const together = (first: FindingFacts, ...rest: FindingFacts[]) =>
  assessTogether([first, ...rest], asset(), DEFAULT_POLICY, NOW);

const oldRoutine = finding({
  subject: 'wget 1.1',
  security: false,
  intelligence: null,
  advisoryAt: JUNE,
  advisorySeen: JUNE,
});
const newCritical = finding({ intelligence: null });

describe('assessTogether', () => {
  it('of one is that one', () => {
    expect(together(newCritical)).toEqual(assess(newCritical, asset(), DEFAULT_POLICY, NOW));
  });

  it('has the earliest release, the strictest lane and the earliest due time', () => {
    for (const joined of [together(oldRoutine, newCritical), together(newCritical, oldRoutine)]) {
      expect(joined).toMatchObject({ releasedAt: JUNE, lane: 'critical', late: false, firstSeen: JUNE });
      // 20 June and 30 days is later than 14 July and 48 hours; the old release does not make the new one late.
      expect(shown(joined.due)).toBe('2026-07-16 08:00');
      expect(joined.why).toContain('Critical because');
    }
  });

  it('is late when one of them is', () => {
    const early = finding({ ...oldRoutine, advisoryAt: Date.UTC(2026, 5, 1), advisorySeen: Date.UTC(2026, 5, 1) });

    const joined = together(newCritical, early);

    expect(joined).toMatchObject({ lane: 'critical', late: true });
    expect(shown(joined.due)).toBe('2026-07-01 00:00');
    expect(joined.why).toContain('Routine because');
  });

  it('keeps the reasons of all, each once per subject', () => {
    const other = finding({ subject: 'CVE-2026-0002', intelligence: null });

    const { reasons } = together(newCritical, other, newCritical, oldRoutine);

    expect(reasons.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'severity-unknown CVE-2026-0001',
      'severity-unknown CVE-2026-0002',
    ]);
  });

  it('takes the strictest of BOD and SSVC, where one has them', () => {
    const listed = finding({ about: { knownExploited: exploited() } });
    const calm = finding({ about: { ssvc: { exploitation: 'none', automatable: false, technicalImpact: 'partial' } } });
    const grave = finding({ about: { ssvc: { exploitation: 'active', automatable: true, technicalImpact: 'total' } } });

    expect(together(calm, listed).bod).toMatchObject({
      outcome: '14D',
      due: assess(listed, asset(), DEFAULT_POLICY, NOW).bod?.due,
    });
    expect(together(calm, grave).ssvc?.decision).toBe('out-of-cycle');
    expect(together(calm, listed).ssvc?.decision).toBe('scheduled');
    expect(together(calm, oldRoutine)).toMatchObject({
      bod: { outcome: 'FSU', due: null },
      ssvc: { decision: 'scheduled' },
    });
    expect(together(oldRoutine, oldRoutine)).toMatchObject({ bod: null, ssvc: null });
    expect(together(calm, grave).priority).toBe(assess(grave, asset(), DEFAULT_POLICY, NOW).priority);
  });

  it.each([
    [
      'mitigation before critical',
      finding({ fixed: null, about: { severity: 'critical' } }),
      newCritical,
      'mitigation',
    ],
    [
      'emergency before mitigation',
      finding({ declaredEmergencyAt: NOW }),
      finding({ fixed: null, about: { severity: 'critical' } }),
      'emergency',
    ],
  ])('%s', (_, a, b, lane) => {
    expect(together(a, b).lane).toBe(lane);
    expect(together(b, a).lane).toBe(lane);
  });
});
