import { ERRORS } from '@patchsteward/contract';
import { ApiError } from '@patchsteward/contract/client';
import { describe, expect, it } from 'vitest';
import { fieldProblems, isAtItsField, labelOf } from './field-problems.ts';

const LABELS = { login: 'Login', tags: 'Tags', owner: 'Owner', name: 'Name' };

function refusal(...details: { path: string; problem: string }[]): ApiError {
  const { whatToDo } = ERRORS['bad-request'];
  return new ApiError({
    error: { code: 'bad-request', message: 'it does not fit', whatToDo, requestId: 'r-1', details },
  });
}

it.each([
  ['body.login', 'Login'],
  ['body.tags.3', 'Tags'],
  ['body.set.owner', 'Owner'],
  ['params.name', 'Name'],
  ['body.set.role', null],
  ['body.constructor', null],
  ['body', null],
])('%s stands in %s', (path, label) => {
  expect(labelOf(path, LABELS)).toBe(label);
});

describe('fieldProblems', () => {
  it('says of each field what is wrong first, as a sentence', () => {
    const error = refusal(
      { path: 'body.login', problem: 'must be lower-case letters' },
      { path: 'body.login', problem: 'is too long' },
      { path: 'body.tags.0', problem: 'Too small!' },
      { path: 'body.version', problem: 'is old' },
    );

    expect([...fieldProblems(error, LABELS)]).toEqual([
      ['Login', 'Must be lower-case letters.'],
      ['Tags', 'Too small!'],
    ]);
  });

  it.each([new Error('the network is gone'), null, refusal()])('says nothing of other failures', (error) => {
    expect(fieldProblems(error, LABELS).size).toBe(0);
  });
});

it.each([
  ['says nothing else than its field', [{ path: 'body.login', problem: 'it does not fit' }], true],
  ['says more of its field', [{ path: 'body.login', problem: 'is too long' }], false],
  ['is about a field that is not there', [{ path: 'body.version', problem: 'it does not fit' }], false],
  [
    'is about two fields',
    [
      { path: 'body.login', problem: 'it does not fit' },
      { path: 'body.name', problem: '' },
    ],
    false,
  ],
  ['is about none', [], false],
])('stands at its field alone where it %s', (_, details, alone) => {
  expect(isAtItsField(refusal(...details), LABELS)).toBe(alone);
});
