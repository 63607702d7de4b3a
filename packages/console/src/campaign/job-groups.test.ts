import type { JobBody } from '@patchsteward/contract';
import { expect, test } from 'vitest';
import { jobLines } from './job-groups.ts';

function job(asset: string, wave: number, more: Partial<JobBody> = {}): JobBody {
  return {
    ...{ job: `sha256:${asset}`, plan: 'sha256:plan', planKind: 'production', assetId: asset, asset, wave, epoch: 1 },
    ...{ state: 'granted', unknownSince: null, updatedAt: '2026-03-14T04:00:00.000Z', blockedBy: null, trouble: null },
    ...more,
  };
}

const texts = (jobs: readonly JobBody[]) =>
  jobLines(jobs).map((line) =>
    line.kind === 'wave' ? `${line.planKind} ${line.wave} (${line.jobs})` : line.job.asset,
  );

test('work orders stand wave after wave, production before the test ring', () => {
  const jobs = [job('b', 2), job('ring', 0, { planKind: 'test' }), job('c', 10), job('a', 2)];
  expect(texts(jobs)).toEqual([
    ...['production 2 (2)', 'a', 'b'],
    ...['production 10 (1)', 'c'],
    ...['test 0 (1)', 'ring'],
  ]);
});

test('in a wave silent hosts come first, then those with trouble', () => {
  const silent = { unknownSince: '2026-03-14T04:00:00.000Z' };
  expect(texts([job('a', 1), job('b', 1, { trouble: 'exit 1' }), job('c', 1, silent)])).toEqual([
    'production 1 (3)',
    ...['c', 'b', 'a'],
  ]);
});

test('no work orders are no lines', () => {
  expect(jobLines([])).toEqual([]);
});
