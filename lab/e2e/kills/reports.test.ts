import { expect, test } from 'vitest';
import { heardOf } from './reports.ts';

const event = (stream: string, kind: string, body: Record<string, unknown>) => ({
  ...{ stream, version: 1, at: '2026-11-22T20:00:00.000Z', actor: 'agent:a', by: 'web-1', asset: 'web-1', kind, body },
  leaf: '01a204fb-ff41-7f28-9106-e56b49648912',
});

test('what was heard of a work order is told in the order in which the host numbered it, each as often as it is there', () => {
  const job = `sha256:${'a'.repeat(64)}`;
  const other = `sha256:${'b'.repeat(64)}`;
  const reported = (of: string, sequence: number, phase: string) =>
    event(`job:${of}`, 'job.reported', { sequence, report: { phase } });
  const events = [
    ...[reported(job, 2, 'armed'), reported(job, 1, 'claimed'), reported(job, 2, 'armed')],
    ...[reported(other, 3, 'claimed'), event(`job:${job}`, 'job.granted', {})],
  ];

  const heard = heardOf(events, new Set([job]));

  expect(heard).toEqual(['1 claimed', '2 armed', '2 armed'].map((line) => `sha256:${'a'.repeat(12)} ${line}`));
});
