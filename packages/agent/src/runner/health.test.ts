import { expect, test } from 'vitest';
import { judgeHealth, missingNow } from './health.ts';
import type { ServiceState } from './service-state.ts';

const PROFILE = { units: ['web.service'], ports: [80], urls: [], watchMs: 20_000 };

/** A world in which each wait is a step of the clock, and every look shows the next state; the last one stays. */
function worldOf(services: readonly Partial<ServiceState>[], probes: readonly (readonly string[])[] = [[]]) {
  let now = 0;
  let looks = 0;
  let probed = 0;
  const state = { unit: 'web.service', known: true, active: true, restarts: 0, activeSinceMs: 0, activeUntilMs: 0 };
  return {
    services: async () => [{ ...state, ...services[Math.min(looks++, services.length - 1)] }],
    probe: async () => probes[Math.min(probed++, probes.length - 1)] ?? [],
    absent: async (files: readonly string[]) => files.filter((file) => file.includes('gone')),
    errorLines: async (): Promise<number | null> => 3,
    now: () => now,
    boottimeMs: () => now,
    wait: async (ms: number) => {
      now += ms;
    },
  };
}

test.each([
  ['all holds from the start', [{}], [[]], null],
  ['the service takes a moment to come up', [{ active: false }, { active: false }, {}], [[]], null],
  ['the port takes a moment to open', [{}], [['port-closed:80'], []], null],
  ['one slow answer', [{}], [[], ['port-closed:80'], []], null],
  ['systemd had to restart it before it came up', [{ active: false, restarts: 1 }, { restarts: 2 }], [[]], null],
  ['it never comes up', [{ active: false }], [[]], 'unit-not-active:web.service'],
  ['the port never opens', [{}], [['port-closed:80']], 'port-closed:80'],
  ['it dies while it is watched', [{}, {}, { active: false }], [[]], 'unit-not-active:web.service'],
  ['it dies, and systemd brings it back', [{}, {}, { restarts: 1 }], [[]], 'unit-died:web.service'],
  ['the port closes for good', [{}], [[], ['port-closed:80']], 'port-closed:80'],
])('%s', async (_, services, probes, cause) => {
  const expected = cause === null ? null : { stage: 'health', package: null, cause };

  expect(await judgeHealth(PROFILE, worldOf(services, probes))).toEqual(expected);
});

test('it is watched for as long as the profile says', async () => {
  const world = worldOf([{}]);

  await judgeHealth(PROFILE, world);

  expect(world.boottimeMs()).toBe(20_000);
});

const NO_CHECKS = { units: [], ports: [], urls: [], files: [] };

test.each<[string, object, number | null, string | null]>([
  ['as many errors as are allowed', { errorLinesMax: 3 }, 3, null],
  ['more errors than are allowed', { errorLinesMax: 2 }, 3, 'error-lines-above:2'],
  ['errors that nobody counts', {}, 3_000, null],
  ['a journal that cannot be read', { errorLinesMax: 2 }, null, 'journal-unreadable'],
  ['a file that is there', { files: ['/srv/here'] }, 0, null],
  ['a file that is gone', { files: ['/srv/gone'] }, 0, '/srv/gone'],
  ['what is only wanted and missing', { wanted: { ...NO_CHECKS, files: ['/srv/gone'] } }, 0, null],
])('%s', async (_, more, lines, cause) => {
  const further = { files: [], errorLinesMax: null, wanted: NO_CHECKS, ...more };
  const world = { ...worldOf([{}]), errorLines: async () => lines };
  const expected = cause === null ? null : { stage: 'health', package: null, cause };

  expect(await judgeHealth({ ...PROFILE, further }, world)).toEqual(expected);
});

test('what is wanted and missing is told, each by its kind', async () => {
  const world = worldOf([{ active: false }], [['port-closed:80', 'url-failed:http://127.0.0.1:80/']]);

  expect(await missingNow({ ...PROFILE, files: ['/srv/gone', '/srv/here'] }, world)).toEqual([
    'unit-not-active:web.service',
    'port-closed:80',
    'url-failed:http://127.0.0.1:80/',
    '/srv/gone',
  ]);
});
