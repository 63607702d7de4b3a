import { expect, test } from 'vitest';
import { withSources } from './origins.ts';
import { installedRpm } from './testing/samples.ts';

const REPOSITORIES = [{ id: 'baseos', name: null, origin: 'repo.example baseos', updatedAt: null }];

test.each([
  ['a configured repository', 'baseos', ['repo.example baseos']],
  ['one that was removed since', 'old', ['old']],
  ['a file on the command line', '@commandline', []],
  ['a copy that another plugin kept', '_dnf_local', []],
])('from %s', (_, from, expected) => {
  const sources = new Map([['bash 5-1 x86_64', from]]);

  expect(withSources([installedRpm('bash', '5-1')], sources, REPOSITORIES)[0]?.origins).toEqual(expected);
});

test('what dnf did not install is not known', () => {
  expect(withSources([installedRpm('bash', '5-1')], new Map(), REPOSITORIES)[0]?.origins).toBeNull();
});
