import { expect, test } from 'vitest';
import { momentText } from './moment-text.ts';

const HASH = `sha256:${'ab'.repeat(32)}`;

test.each<[string, Record<string, unknown>, string]>([
  ['nothing', {}, ''],
  [
    'a change of facts',
    { version: 2, changes: { owner: { from: null, to: 'otto' }, tags: ['a', 'b'] } },
    'to otto, tags a b',
  ],
  [
    'a work order',
    {
      stream: `job:${HASH}`,
      version: 3,
      recorded: { at: 1, event: { kind: 'job.reported', report: { phase: 'armed' } } },
    },
    'phase armed',
  ],
  ['hashes and ids', { job: HASH, id: '01890000-0000-7000-8000-0000000000a1', sequence: 4 }, ''],
  ['a long text', { why: 'x'.repeat(200) }, `why ${'x'.repeat(156)} …`],
])('%s is told in a line', (_, payload, text) => {
  expect(momentText({ payload })).toBe(text);
});
