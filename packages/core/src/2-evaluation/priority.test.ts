import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { CRITICALITIES, EXPOSURES } from '../vocabulary/index.ts';
import type { VulnerabilityFacts } from './facts.ts';
import { priorityOf } from './priority.ts';
import { asset, exploited, facts } from './testing/samples.ts';

const epss = (percentile: number) => ({ score: 0, percentile, date: 0, model: 'm' });
const poc = { exploitation: 'public_poc', automatable: null, technicalImpact: null } as const;

describe('priorityOf', () => {
  it.each<[string, Partial<VulnerabilityFacts>, Parameters<typeof asset>[0], number]>([
    [
      'the worst on the most important',
      { cvss: 10, knownExploited: exploited() },
      { criticality: 'critical', exposure: 'public' },
      100,
    ],
    ['nothing known', { severity: 'unknown' }, {}, 2],
    ['unknown severity is at least high', { severity: 'unknown' }, { exposure: 'public' }, 4],
    ['a score beats a word', { severity: 'low', cvss: 8 }, { exposure: 'public' }, 4],
    ['a likely attack', { severity: 'high', epss: epss(0.99) }, { exposure: 'public' }, 36],
    ['an unlikely one is not none', { severity: 'high', epss: epss(0.5) }, { exposure: 'public' }, 4],
    ['a public exploit', { severity: 'high', ssvc: poc }, { exposure: 'public' }, 20],
    [
      'a public exploit that is likely used',
      { severity: 'high', ssvc: poc, epss: epss(0.999) },
      { exposure: 'public' },
      36,
    ],
    ['isolated', { severity: 'high', knownExploited: exploited() }, { exposure: 'isolated' }, 10],
    ['harmless', { severity: 'none' }, { exposure: 'public' }, 0],
  ])('%s', (_, about, members, priority) => {
    expect(priorityOf(facts(about), asset(members), DEFAULT_POLICY)).toBe(priority);
  });

  it('stays between 0 and 100, and never falls when the asset matters more or can be reached by more', () => {
    const about = fc.record({
      cvss: fc.option(fc.integer({ min: 0, max: 10 })),
      epss: fc.option(fc.float({ min: 0, max: 1, noNaN: true }).map(epss)),
    });
    fc.assert(
      fc.property(about, (members) => {
        const reachable = EXPOSURES.toSorted(
          (a, b) => DEFAULT_POLICY.priority.exposure[a] - DEFAULT_POLICY.priority.exposure[b],
        );
        const ranked = CRITICALITIES.map((criticality) =>
          reachable.map((exposure) => priorityOf(facts(members), asset({ criticality, exposure }), DEFAULT_POLICY)),
        );

        for (const row of [...ranked, ranked.map((values) => values[0] ?? 0)]) {
          expect(row).toEqual([...row].sort((a, b) => a - b));
        }
        for (const value of ranked.flat()) expect(value).toBeGreaterThanOrEqual(0);
        for (const value of ranked.flat()) expect(value).toBeLessThanOrEqual(100);
      }),
    );
  });
});
