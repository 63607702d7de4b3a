import { describe, expect, test } from 'vitest';
import { assertStored, caAnswerOf, checkInAnswerOf, enrollAnswerOf, renewAnswerOf } from './answers.ts';

const ENROLLED = { assetId: 'a', certificatePem: 'c', caPem: 'ca', nextPollMs: 1 };
const RENEWED = { certificatePem: 'c', caPem: 'ca' };
const ACCEPTED = { accepted: true, missing: [], nextPollMs: 1, tasks: [] };
const ASKED_FOR = { accepted: false, missing: ['packages', 'system'], nextPollMs: 1, tasks: [] };

describe('an answer that keeps the contract is taken, without what a newer server adds', () => {
  test.each<[string, (value: unknown) => unknown, object]>([
    ['ca', caAnswerOf, { caPem: 'ca' }],
    ['enroll', enrollAnswerOf, ENROLLED],
    ['renew', renewAnswerOf, RENEWED],
    ['check-in, accepted', checkInAnswerOf, ACCEPTED],
    ['check-in, sections wanted', checkInAnswerOf, ASKED_FOR],
  ])('%s', (_, read, answer) => {
    expect(read({ ...answer, later: 'more' })).toEqual(answer);
  });

  test('stored', () => {
    expect(() => assertStored({ stored: true })).not.toThrow();
  });
});

describe('any other answer is not understood', () => {
  test.each<[string, (value: unknown) => unknown, unknown]>([
    ['ca: nothing', caAnswerOf, null],
    ['ca: a list', caAnswerOf, ['ca']],
    ['ca: a number', caAnswerOf, { caPem: 1 }],
    ['enroll: no certificate', enrollAnswerOf, { ...ENROLLED, certificatePem: undefined }],
    ['enroll: no time', enrollAnswerOf, { ...ENROLLED, nextPollMs: 'soon' }],
    ['renew: no CA', renewAnswerOf, { certificatePem: 'c' }],
    ['check-in: undecided', checkInAnswerOf, { ...ACCEPTED, accepted: 'yes' }],
    ['check-in: an unknown section', checkInAnswerOf, { ...ASKED_FOR, missing: ['kernels'] }],
    ['check-in: sections that are no list', checkInAnswerOf, { ...ASKED_FOR, missing: 'packages' }],
    ['check-in: neither accepted nor anything wanted', checkInAnswerOf, { ...ASKED_FOR, missing: [] }],
    ['check-in: no time', checkInAnswerOf, { ...ACCEPTED, nextPollMs: null }],
    ['sections: not stored', assertStored, { stored: false }],
    ['sections: nothing', assertStored, undefined],
  ])('%s', (_, read, answer) => {
    expect(() => read(answer)).toThrow(expect.objectContaining({ code: 'answer-not-understood' }));
  });
});
