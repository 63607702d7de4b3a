import { DAY_MS } from '@patchsteward/core/vocabulary';
import { describe, expect, it, test } from 'vitest';
import { type DoubleFacts, doublesOf } from './doubles.ts';

const NOW = Date.UTC(2026, 10, 20, 12);

function asset(id: string, said: Partial<DoubleFacts> = {}): DoubleFacts {
  return {
    ...{ id, name: id, origin: 'agent', firstSeen: NOW - 90 * DAY_MS, seenAt: NOW - 60_000, listedAt: null },
    ...{ machineId: null, externalIds: [], staleFrom: NOW + DAY_MS },
    ...said,
  };
}
const SILENT = { seenAt: NOW - 9 * DAY_MS, staleFrom: NOW - 8 * DAY_MS };

describe('assets that may be one machine', () => {
  test.each([
    ['machine-id', { machineId: 'm' }],
    ['external-id', { externalIds: ['N-1'] }],
    ['name', { name: 'web-1' }],
  ] as const)('share a %s, and the one that reports is kept', (cause, shared) => {
    const doubles = doublesOf([asset('a', { ...shared, ...SILENT }), asset('b', shared), asset('c')], NOW);

    expect(doubles).toMatchObject([{ cause, keep: 'b', assets: [{ id: 'b' }, { id: 'a' }] }]);
    expect(doubles[0]?.sentence).toContain('Merge them');
  });

  it('are two where both report: copies of one disk, and none should go', () => {
    const [double] = doublesOf([asset('a', { machineId: 'm' }), asset('b', { machineId: 'm' })], NOW);

    expect(double).toMatchObject({ keep: null });
    expect(double?.sentence).toContain('they are not one machine');
  });

  it('are told once, by the strongest of what they share', () => {
    const shared = { machineId: 'm', name: 'WEB-1', externalIds: ['7'] };
    const doubles = doublesOf([asset('a', { ...shared, ...SILENT }), asset('b', { ...shared, name: 'web-1' })], NOW);

    expect(doubles.map(({ cause }) => cause)).toEqual(['machine-id']);
  });

  it('are kept by what is known for longer where none reports', () => {
    const listed = { origin: 'import', seenAt: null, listedAt: NOW - DAY_MS, name: 'fw-1' } as const;
    const [double] = doublesOf([asset('a', { ...listed, firstSeen: NOW }), asset('b', listed)], NOW);

    expect(double).toMatchObject({ cause: 'name', keep: 'b' });
    expect(double?.assets[0]?.lastHeard).toBe(new Date(NOW - DAY_MS).toISOString());
  });

  it('are none where they share nothing', () => {
    expect(doublesOf([asset('a'), asset('b', { machineId: 'm' }), asset('c', { externalIds: ['7'] })], NOW)).toEqual(
      [],
    );
  });
});
