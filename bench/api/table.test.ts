import { describe, expect, it } from 'vitest';
import type { ApiFigures } from './api.ts';
import { figureOf } from './measure.ts';
import { tableOf } from './table.ts';

const figures: ApiFigures = {
  ...{ assets: 20_000, findings: 400_000, vulnerabilities: 6_000, packageSets: 2_000, sourceVersions: 9, offered: 1 },
  ...{ concurrency: 8, cores: 2, load: { before: 0.5, after: 3 } },
  floor: { calls: 200, p50Ms: 1, p95Ms: 2, maxMs: 3 },
  routes: {
    'asset.list': figureOf(['/assets'], [[10, 20]], 20_000),
    'exposure.show': figureOf(['/exposure'], [[150]], null),
  },
  notMeasured: { 'plan.leaves': 'for a reason' },
};

describe('the table', () => {
  it('shows the slowest first, and what misses its limit', () => {
    const lines = tableOf(figures).split('\n');

    expect(lines[0]).toBe('20000 assets with 400000 findings, 8 at once, 2 cores, load 0.5 before and 3 after');
    expect(lines[4]).toMatch(/^exposure\.show .* 1\.50 {2}missed; slowest 150 ms: \/exposure$/);
    expect(lines[5]).toMatch(/^asset\.list +20000 +2 +10\.0 +20\.0 +20\.0 +0\.20$/);
    expect(lines.slice(7)).toEqual(['1 of 2 lists miss their limit.', 'Not measured: plan.leaves (for a reason).']);
  });

  it('says so where all are within it', () => {
    const { 'asset.list': kept } = figures.routes;

    expect(tableOf({ ...figures, routes: kept === undefined ? {} : { 'asset.list': kept } })).toContain(
      'Every list is within its limit.',
    );
  });
});
