import { ERRORS, type ErrorCode } from '@patchsteward/contract';
import { ApiError, NotTheServerError } from '@patchsteward/contract/client';
import { describe, expect, it } from 'vitest';
import { UnreachableError } from './client.ts';
import { failureText, isPassing } from './failure.ts';

function refusal(code: ErrorCode, message: string): ApiError {
  return new ApiError({ error: { code, message, whatToDo: ERRORS[code].whatToDo, requestId: 'r-1' } });
}

describe('failureText', () => {
  it('says what the server said, as a sentence', () => {
    const text = failureText(refusal('conflict', 'the asset is at version 2'));

    expect(text).toEqual({
      title: 'The asset is at version 2.',
      whatToDo: 'Load the current state and apply the change again.',
      requestId: null,
      details: [],
    });
  });

  it('names the request where the server itself failed, so that its log can be searched', () => {
    expect(failureText(refusal('internal', 'the server failed')).requestId).toBe('r-1');
  });

  it('lists what is wrong with each field, but nothing twice', () => {
    const same = { path: 'body.password', problem: 'too short' };
    const other = { path: 'body.login', problem: 'too long' };
    const body = { code: 'bad-request', message: 'too short', whatToDo: '', requestId: 'r-1' } as const;

    expect(failureText(new ApiError({ error: { ...body, details: [same, other] } })).details).toEqual([other]);
  });

  it('speaks of fields and not of a request where somebody filled in a form', () => {
    const details = [{ path: 'body.login', problem: 'too long' }];
    const body = { code: 'bad-request', message: 'the body does not fit', whatToDo: '', requestId: 'r-1' } as const;
    const error = new ApiError({ error: { ...body, details } });

    expect(failureText(error, 'form')).toMatchObject({ title: 'Some of this cannot be taken as it is.', details });
    expect(failureText(error).title).toBe('The body does not fit.');
    expect(failureText(refusal('conflict', 'somebody was faster'), 'form').title).toBe('Somebody was faster.');
  });

  it.each([
    ['no answer', new UnreachableError(new TypeError('failed')), 'The server does not answer.'],
    ['a strange answer', new NotTheServerError(502), 'Something else than a Patchsteward server answered (HTTP 502).'],
    ['a bug', new TypeError('x is undefined'), 'The console failed to show this.'],
  ])('has words of its own for %s', (_, error, title) => {
    const text = failureText(error);

    expect(text.title).toBe(title);
    expect(text.whatToDo).not.toBe('');
    expect(text.requestId).toBeNull();
  });
});

describe('isPassing', () => {
  it.each([
    [new UnreachableError(undefined), true],
    [refusal('database-gone', 'gone'), true],
    [refusal('shutting-down', 'stopping'), true],
    [refusal('not-found', 'nothing'), false],
    [refusal('internal', 'failed'), false],
    [new NotTheServerError(404), false],
    [new Error('bug'), false],
  ])('%s: %s', (error, expected) => {
    expect(isPassing(error)).toBe(expected);
  });
});
