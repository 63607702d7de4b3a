import { describe, expect, test } from 'vitest';
import { Problem } from '../platform/problem.ts';
import { isFinal, isPassing, logFields } from './failure.ts';
import { ServerRefusal, ServerUnreachable } from './server-errors.ts';

const ADDRESS = { host: 'h', port: 1 };

function refusal(code: string, status: number): ServerRefusal {
  return new ServerRefusal(status, { error: { code, message: 'no', whatToDo: 'do', requestId: 'r' } });
}

describe('passing: the same question may be answered in a moment', () => {
  test.each([
    ['no connection', new ServerUnreachable(ADDRESS, 'ECONNREFUSED'), true],
    ['a broken answer', new ServerUnreachable(ADDRESS, 'answer-not-json'), true],
    ['a server of another CA', new ServerUnreachable(ADDRESS, 'SELF_SIGNED_CERT_IN_CHAIN'), false],
    ['a server of another name', new ServerUnreachable(ADDRESS, 'ERR_TLS_CERT_ALTNAME_INVALID'), false],
    ['a database that is gone', refusal('database-gone', 503), true],
    ['a proxy without a server', new ServerRefusal(502, undefined), true],
    ['too many questions', refusal('rate-limited', 429), true],
    ['a wrong token', refusal('token-wrong', 403), false],
    ['a problem of ours', new Problem('state-unusable', 'x', 'y'), false],
    ['a bug', new TypeError('x'), false],
  ])('%s: %s', (_, error, expected) => {
    expect(isPassing(error)).toBe(expected);
  });
});

test.each([
  ['agent-unknown', true],
  ['agent-revoked', true],
  ['certificate-expired', false],
  ['internal', false],
])('%s is final: %s', (code, expected) => {
  expect(isFinal(refusal(code, 403))).toBe(expected);
});

test('a log line has code, words and what to do, and the request where there was one', () => {
  expect(logFields(refusal('internal', 500))).toEqual({
    code: 'internal',
    problem: 'no',
    whatToDo: 'do',
    requestId: 'r',
  });
  expect(logFields(new Problem('c', 'p', 'w'))).toEqual({ code: 'c', problem: 'p', whatToDo: 'w', requestId: null });
});

test.each([
  ['nothing', undefined],
  ['a page of a proxy', '<html>'],
  ['an error of another shape', { error: 'no' }],
])('a refusal that is not ours (%s) is named by its status, and says where to look', (_, body) => {
  expect(new ServerRefusal(404, body)).toMatchObject({
    code: 'status-404',
    requestId: null,
    whatToDo: expect.stringContaining('proxy'),
  });
});
