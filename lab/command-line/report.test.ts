import { expect, it } from 'vitest';
import type { LabStatus } from '../status.ts';
import { reportOf } from './report.ts';

const down: LabStatus = {
  folder: '/lab',
  state: 'down',
  repositoryServes: false,
  hosts: [],
  processes: 0,
  mounts: [],
  namespaces: [],
};

it('a lab that is down is one line', () => {
  expect(reportOf(down)).toBe('The lab in /lab is down.\n');
});

it('what a crash left is named', () => {
  const left = reportOf({ ...down, processes: 3, mounts: ['/lab/hosts/a/root'], namespaces: ['pslab-1-a'] });

  expect(left).toMatch(
    /take it down once more:\n {2}3 processes\n {2}mount \/lab\/hosts\/a\/root\n {2}namespace pslab-1-a\n$/,
  );
});

it('every host is one line, and one whose parts are gone is missing', () => {
  const host = { environment: 'production', criticality: 'low', redundancyGroup: null, system: 'running' } as const;
  const text = reportOf({
    ...down,
    state: 'broken',
    hosts: [
      { ...host, name: 'low-1', address: '10.77.2.1', whole: true },
      { ...host, name: 'low-2', address: '10.77.2.2', whole: false },
    ],
  });

  expect(text).toMatch(/^low-1 {2}10\.77\.2\.1 {2}running {2}production {3}low$/m);
  expect(text).toMatch(/^low-2 {2}10\.77\.2\.2 {2}missing/m);
  expect(text).toMatch(/is broken/);
});
