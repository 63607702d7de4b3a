import { CampaignPlan } from '@patchsteward/contract';
import type { Leaf } from '@patchsteward/core/plan';
import { reasonOf } from '@patchsteward/core/vocabulary';
import { describe, expect, test } from 'vitest';
import { planBody } from './plan-body.ts';
import { ASSET, BEGINNING, entriesOf, foldOf, hashOf, stepsTo } from './testing/states.ts';

const HOUR_MS = 3_600_000;
const PLAN = {
  plan: hashOf('production plan'),
  kind: 'production',
  compiledAt: BEGINNING,
  notAfter: BEGINNING,
} as const;

function leaf(assetId: string, wave: number, fromHour: number, more: Partial<Leaf> = {}): Leaf {
  return {
    assetId,
    ecosystem: 'deb',
    wave,
    changes: [
      {
        ...{ name: 'libssl3', architecture: 'amd64', from: '3.0.1', to: '3.0.2', sha256: hashOf('file') },
        ...{ sizeBytes: 10, origin: 'deb.example.org bookworm/main' },
      },
    ],
    restarts: ['nginx.service'],
    reboot: 'never',
    intervals: [{ from: BEGINNING + fromHour * HOUR_MS, until: BEGINNING + (fromHour + 1) * HOUR_MS }],
    health: { units: [], ports: [], urls: [], watchMs: 0 },
    backup: { kind: 'proof', proof: hashOf('proof') },
    rollback: { kind: 'none', why: 'the old files are gone' },
    rollbackGraceMs: 0,
    ...more,
  };
}

function shown(leaves: readonly Leaf[], leftOut: Parameters<typeof planBody>[0]['leftOut'] = []) {
  const state = foldOf(entriesOf(stepsTo('deploying')));
  return planBody({ state, plan: PLAN, leaves, zones: { night: 'Europe/Berlin' }, leftOut });
}

describe('a plan as people read it', () => {
  test('tells wave after wave who goes when, in whose zone, and fits the contract', () => {
    const body = shown([leaf(ASSET.mail, 2, 5), leaf(ASSET.web, 1, 1)]);
    expect(CampaignPlan.parse(body)).toEqual(body);
    expect(body.waves.map(({ wave, hosts }) => [wave, hosts.map(({ asset }) => asset)])).toEqual([
      [1, ['web-1']],
      [2, ['mail-1']],
    ]);
    expect(body.waves[0]).toMatchObject({ openedAt: expect.any(String), closedAt: null });
    expect(body.waves[1]).toMatchObject({ openedAt: null, closedAt: null });
    expect(body.waves[0]?.hosts[0]).toMatchObject({ zone: 'Europe/Berlin', withoutWayBack: 'the old files are gone' });
    expect(body.packages).toEqual([{ name: 'libssl3', from: '3.0.1', to: '3.0.2', hosts: 2 }]);
  });

  test('marks who cannot be done before it is due', () => {
    const hosts = shown([leaf(ASSET.mail, 1, 5), leaf(ASSET.web, 1, 1)]).waves.flatMap((wave) => wave.hosts);
    expect(hosts.map(({ asset, late }) => [asset, late])).toEqual([
      ['mail-1', true],
      ['web-1', false],
    ]);
  });

  test('names who is left out, and why where the planner said it', () => {
    const reasons = [reasonOf('backup-missing', ASSET.mail)];
    expect(shown([leaf(ASSET.web, 1, 1)], [{ assetId: ASSET.mail, reasons }]).leftOut).toMatchObject([
      { asset: 'mail-1', reasons: [{ code: 'backup-missing', subject: 'mail-1' }] },
    ]);
    expect(shown([leaf(ASSET.web, 1, 1)]).leftOut).toMatchObject([{ asset: 'mail-1', reasons: [] }]);
  });

  test('never misses a host of the ring in a production plan', () => {
    expect(shown([leaf(ASSET.web, 1, 1), leaf(ASSET.mail, 1, 1)]).leftOut).toEqual([]);
  });
});
