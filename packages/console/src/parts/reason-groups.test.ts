import type { ReasonBody } from '@patchsteward/contract';
import { expect, it } from 'vitest';
import { groupedReasons } from './reason-groups.ts';

function reason(subject: string, members: Partial<ReasonBody> = {}): ReasonBody {
  const sentence = `${subject} has no maintenance window; give ${subject} one.`;
  return { code: 'no-maintenance-window', subject, clearableBy: ['it', 'owner'], by: null, sentence, ...members };
}

const WEB = reason('web-1');

it.each<[string, ReasonBody[], string[][]]>([
  ['nothing', [], []],
  ['what is said of two hosts', [WEB, reason('db-1')], [['web-1', 'db-1']]],
  ['the same reason twice', [WEB, reason('web-1')], [['web-1']]],
  [
    'the same for whoever can clear it, in whatever order',
    [WEB, reason('db-1', { clearableBy: ['owner', 'it'] })],
    [['web-1', 'db-1']],
  ],
  ['not what others can clear', [WEB, reason('db-1', { clearableBy: ['owner'] })], [['web-1'], ['db-1']]],
  ['not what has another term', [WEB, reason('db-1', { by: '2026-11-23T16:00:00.000Z' })], [['web-1'], ['db-1']]],
  ['not what says more', [WEB, reason('db-1', { sentence: 'db-1 has none, as of today.' })], [['web-1'], ['db-1']]],
  ['not another code', [WEB, reason('db-1', { code: 'window-too-short' })], [['web-1'], ['db-1']]],
  ['what speaks of no subject', [reason(''), reason('')], [['']]],
])('puts together: %s', (_, reasons, subjects) => {
  expect(groupedReasons(reasons).map((group) => group.map(({ subject }) => subject))).toEqual(subjects);
});
