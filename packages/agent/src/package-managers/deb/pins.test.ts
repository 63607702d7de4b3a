import { expect, test } from 'vitest';
import { barredByPin, keepingPin } from './pins.ts';
import { parsePolicies } from './policy.ts';
import { pinsOf } from './preferences.ts';

function barred(candidate: string, ...table: readonly string[]): string | undefined {
  const text = `acl:\n  Installed: 1.0\n  Candidate: ${candidate}\n  Version table:\n${table.join('')}`;
  const policy = parsePolicies(text).get('acl');
  return policy === undefined ? 'no policy' : barredByPin(policy)?.version;
}

const listed = (version: string, priority: number, source: number, phase = ''): string =>
  `     ${version} ${priority}${phase}\n        ${source} http://a.example/b stable/main amd64 Packages\n`;
const installed = (priority: number, source = 500): string =>
  ` *** 1.0 ${priority}\n        ${source} http://a.example/b stable/main amd64 Packages\n        100 /var/lib/dpkg/status\n`;

test.each([
  ['the installed version is pinned', '1.0', [listed('1.1', 500, 500), installed(990)], '1.1'],
  ['the newer version is barred', '1.0', [listed('1.1', -1, 500), installed(500)], '1.1'],
  [
    'of several newer ones the highest',
    '1.0',
    [listed('1.2', 500, 500), listed('1.1', 500, 500), installed(1001)],
    '1.2',
  ],
  [
    'a pin to a newer version bars nothing that apt would choose',
    '1.1',
    [listed('1.1', 990, 500), installed(500)],
    undefined,
  ],
  [
    'a pin to a version between bars the highest',
    '1.1',
    [listed('1.2', 500, 500), listed('1.1', 990, 500), installed(500)],
    '1.2',
  ],
  ['no pin: a suite that is not automatic is no bar', '1.0', [listed('3.0', 100, 100), installed(500)], undefined],
  ['no pin: the whole suite has a priority of its own', '1.0', [listed('1.1', -1, -1), installed(500)], undefined],
  ['a pin where nothing is newer', '1.0', [installed(990)], undefined],
  ['a phase is no pin', '1.0', [listed('1.1', 1, 500, ' (phased 10%)'), installed(500)], undefined],
])('%s', (_, candidate, table, expected) => {
  expect(barred(candidate, ...table)).toBe(expected);
});

const KEPT = 'Package: acl\nPin: version 1.0\nPin-Priority: 990\n';
const BARRED = 'Package: acl\nPin: version 1.1\nPin-Priority: -1\n';
test.each([
  ['the version that stays', KEPT, [listed('1.1', 500, 500), installed(990)], 'version 1.0'],
  ['the version that does not come', BARRED, [listed('1.1', -1, 500), installed(500)], 'version 1.1'],
  ['both', `${KEPT}\n${BARRED}`, [listed('1.1', -1, 500), installed(990)], 'version 1.1'],
  ['none that is found', '', [listed('1.1', -1, 500), installed(500)], undefined],
])('is kept by a pin of %s', (_, preferences, table, expected) => {
  const text = `acl:\n  Installed: 1.0\n  Candidate: 1.0\n  Version table:\n${table.join('')}`;
  const policy = parsePolicies(text).get('acl');
  const away = policy === undefined ? null : barredByPin(policy);
  if (policy === undefined || away === null) throw new Error('nothing is barred');
  const named = { name: 'acl', architecture: 'amd64', source: 'acl' };

  expect(keepingPin(policy, away, pinsOf(preferences, 'preferences'), named)?.pin).toBe(expected);
});
