import { expect, it } from 'vitest';
import { jobReportOf } from './report-body.ts';

it.each([
  ['a reason of our list says itself what it is', 'drift', 'openssl', { reason: 'drift', detail: 'openssl' }],
  [
    'one that we do not know is kept in its own words',
    'flood',
    'of rain',
    { reason: 'host-blocked', detail: 'flood: of rain' },
  ],
  ['one that only looks like ours is not ours', 'toString', '', { reason: 'host-blocked', detail: 'toString: ' }],
])('%s', (_, reason, detail, expected) => {
  expect(jobReportOf({ phase: 'blocked', reason, detail })).toEqual({ phase: 'blocked', ...expected });
});
