import { expect, it } from 'vitest';
import { downTogether } from './down-together.ts';

const GROUP = new Map([
  ['a', 'critical-1'],
  ['b', 'critical-2'],
]);
type Line = readonly [job: string, kind: string, phase?: string];
const events = (lines: readonly Line[]) =>
  lines.map(([job, kind, phase], second) => ({
    ...{ stream: `job:${job}`, kind, at: new Date(second * 1_000).toISOString() },
    body: phase === undefined ? {} : { report: { phase } },
  }));

it.each<[string, readonly Line[], string[]]>([
  [
    'one after the other',
    [
      ['a', 'job.granted'],
      ['a', 'job.reported', 'installing'],
      ['a', 'job.reported', 'succeeded'],
      ['b', 'job.granted'],
    ],
    [],
  ],
  [
    'a host that is silent is down',
    [
      ['a', 'job.granted'],
      ['a', 'job.silent'],
      ['b', 'job.granted'],
    ],
    ['critical-2 while critical-1 was down'],
  ],
  [
    'one that failed is down',
    [
      ['a', 'job.granted'],
      ['a', 'job.reported', 'failed'],
      ['b', 'job.granted'],
    ],
    ['critical-2 while critical-1 was down'],
  ],
  [
    'a grant that was handed back, and given again',
    [
      ['a', 'job.granted'],
      ['a', 'job.reported', 'returned'],
      ['b', 'job.granted'],
      ['b', 'job.granted'],
    ],
    [],
  ],
  [
    'a host of no group',
    [
      ['c', 'job.granted'],
      ['b', 'job.granted'],
    ],
    [],
  ],
])('%s', (_, lines, together) => {
  expect(downTogether(events(lines), GROUP)).toEqual(together);
});
