import { describe, expect, it } from 'vitest';
import { fleetOf, hostsOf } from './fleet.ts';
import { planText, pollText } from './text.ts';

const load = { before: 0.1, after: 0.2 };

describe('figures of a rollout', () => {
  it('say that a limit was missed', () => {
    const figures = { hosts: 10, cores: 2, load, planMs: 5_001, limitMs: 5_000 };

    expect(planText({ ...figures, withinLimit: false })).toContain('5001 ms (limit 5000 ms, missed)');
    expect(planText({ ...figures, withinLimit: true })).not.toContain('missed');
  });

  it('say what failed, and how often', () => {
    const poll = { count: 3, p50Ms: 1, p99Ms: 2, maxMs: 3, limitMs: 250 };
    const halt = { hosts: 4, seenByAllMs: 60_000, limitMs: 90_000, withinLimit: true };
    const text = pollText({
      ...{ hosts: 10, cores: 2, load, halt },
      poll: { ...poll, failures: { 'status 503': 2 }, withinLimit: false },
    });

    expect(text).toContain('2 times: status 503');
    expect(text).toContain('250 ms, missed');
  });
});

describe('the fleet of a rollout', () => {
  it('is as large as it is asked for, with a ring of four', () => {
    const fleet = fleetOf(30);

    expect(fleet).toHaveLength(30);
    expect(fleet.filter(({ ring }) => ring)).toHaveLength(4);
    expect(new Set(fleet.map(({ name }) => name)).size).toBe(30);
  });

  it.each([
    [[], 10_000],
    [['600'], 600],
  ])('of %j has %i hosts', (only, hosts) => {
    expect(hostsOf(only)).toBe(hosts);
  });

  it.each([['many'], ['4'], ['10001'], ['12.5']])('of %s hosts is refused', (hosts) => {
    expect(() => hostsOf([hosts])).toThrow(/hosts/);
  });
});
