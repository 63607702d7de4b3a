import { expect, it } from 'vitest';
import { newestPoint, type SsvcPoint } from './ssvc-point.ts';

const POINT: SsvcPoint = {
  ...{ source: 'CISA-ADP', version: '2.0.3', at: null },
  ...{ exploitation: 'none', automatable: true, technicalImpact: 'total' },
};

it('of what coordinators say the newest counts', () => {
  const newest: SsvcPoint = { ...POINT, at: 3, exploitation: 'active' };

  expect(newestPoint([{ ...POINT, at: 1 }, newest, { ...POINT, at: 2 }, POINT])).toBe(newest);
  expect(newestPoint([POINT])).toBe(POINT);
  expect(newestPoint([])).toBeNull();
});
