import type { DecisionHost } from '@patchsteward/contract';
import { expect, it } from 'vitest';
import { matchingHosts } from './matching-hosts.ts';

function host(name: string, given: Partial<DecisionHost> = {}): DecisionHost {
  return {
    ...{ assetId: name, name, criticality: 'normal', environment: 'production', owner: 'otto', wave: 1, zone: 'UTC' },
    ...{ maintenanceGroup: null, redundancyGroups: [], spans: [], transaction: 0, restarts: [], mayReboot: false },
    ...{ backup: { kind: 'unknown' }, wayBack: { kind: 'none', why: 'old' }, agreedBy: null },
    ...given,
  };
}

const HOSTS = [
  host('Web-1', { wave: 2 }),
  host('db-1', { owner: null, redundancyGroups: ['db pair'], criticality: 'critical' }),
];

it.each([
  ['', ['Web-1', 'db-1']],
  ['web', ['Web-1']],
  ['WEB otto', ['Web-1']],
  ['wave 2', ['Web-1']],
  ['critical', ['db-1']],
  ['pair db', ['db-1']],
  ['web db', []],
])('%s finds %s', (search, names) => {
  expect(matchingHosts(HOSTS, search).map(({ name }) => name)).toEqual(names);
});
