import { expect, it } from 'vitest';
import { answerTo } from './answer.ts';

const file = { sizeBytes: 100, modifiedMs: Date.parse('2026-03-01T12:00:00.700Z') };
const none = { ifModifiedSince: undefined, range: undefined };

it.each([
  ['a file', none, file, { status: 200, startBytes: 0 }],
  ['no file', none, null, { status: 404, startBytes: 0 }],
  ['the rest of a file', { ...none, range: 'bytes=40-' }, file, { status: 206, startBytes: 40 }],
  ['the rest of a file that is whole', { ...none, range: 'bytes=100-' }, file, { status: 200, startBytes: 0 }],
  ['a range that apt never asks', { ...none, range: 'bytes=0-5,9-' }, file, { status: 200, startBytes: 0 }],
  [
    'what is known already',
    { ...none, ifModifiedSince: 'Sun, 01 Mar 2026 12:00:00 GMT' },
    file,
    { status: 304, startBytes: 0 },
  ],
  [
    'what is newer',
    { ...none, ifModifiedSince: 'Sun, 01 Mar 2026 11:59:59 GMT' },
    file,
    { status: 200, startBytes: 0 },
  ],
  ['a date that is none', { ...none, ifModifiedSince: 'soon' }, file, { status: 200, startBytes: 0 }],
])('whoever asks for %s', (_, asked, facts, answer) => {
  expect(answerTo(asked, facts)).toEqual(answer);
});
