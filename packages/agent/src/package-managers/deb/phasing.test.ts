import { expect, test } from 'vitest';
import { AptError } from './apt.ts';
import { fetchedBy, phasedAway } from './phasing.ts';
import { fakeApt } from './testing/fake-apt.ts';

const AS_CONFIGURED =
  'apt-get --print-uris --quiet=2 --ignore-hold --allow-change-held-packages --allow-downgrades -o Debug::NoLocking=true dist-upgrade';
const ALL_PHASES = AS_CONFIGURED.replace(
  'dist-upgrade',
  '-o APT::Get::Always-Include-Phased-Updates=true dist-upgrade',
);

function files(...names: string[]): string {
  return names.map((name) => `'http://h.example/pool/${name}_2_amd64.deb' ${name}_2_amd64.deb 12 MD5Sum:00\n`).join('');
}

test('without a phased candidate apt is not asked', async () => {
  const apt = fakeApt({});

  expect(await phasedAway(apt, [], 'amd64')).toEqual(new Set());
  expect(apt.asked).toEqual([]);
});

test('what apt upgrades anyway is in its phase, and asked for once', async () => {
  const apt = fakeApt({ [AS_CONFIGURED]: files('libsystemd0', 'libudev1') });

  expect(await phasedAway(apt, ['libsystemd0', 'libudev1'], 'amd64')).toEqual(new Set());
  expect(apt.asked).toEqual([AS_CONFIGURED]);
});

test('what only open phases would bring is held back by its phase', async () => {
  const apt = fakeApt({ [AS_CONFIGURED]: files('bash'), [ALL_PHASES]: files('bash', 'libsystemd0') });

  expect(await phasedAway(apt, ['bash', 'libsystemd0'], 'amd64')).toEqual(new Set(['libsystemd0']));
});

test('what no phase would bring is held back by something else', async () => {
  const apt = fakeApt({ [AS_CONFIGURED]: '', [ALL_PHASES]: '' });

  expect(await phasedAway(apt, ['libsystemd0'], 'amd64')).toEqual(new Set());
});

test('where apt can plan nothing, nothing is hidden behind a phase', async () => {
  const apt = { ...fakeApt({}), ask: () => Promise.reject(new AptError('E: Unmet dependencies.')) };

  expect(await phasedAway(apt, ['libsystemd0'], 'amd64')).toEqual(new Set());
});

test('any other failure stays a failure', async () => {
  const apt = { ...fakeApt({}), ask: () => Promise.reject(new TypeError('a bug')) };

  await expect(phasedAway(apt, ['libsystemd0'], 'amd64')).rejects.toThrow(TypeError);
});

test.each([
  ["'http://h/p/bash_5.2-2%2bb13_amd64.deb' bash_5.2-2+b13_amd64.deb 1490652 SHA256:ab", 'bash'],
  ["'http://h/p/tzdata_1_all.deb' tzdata_1_all.deb 1 SHA256:ab", 'tzdata'],
  ["'http://h/p/libc6_2_i386.deb' libc6_2_i386.deb 1 SHA256:ab", 'libc6:i386'],
  ["'http://h/p/x_1.2_amd64.deb' x_1%3a1.2_amd64.deb 1 SHA256:ab", 'x'],
  ["'file:/srv/my repo/x_1_amd64.deb' x_1_amd64.deb 1 ", 'x'],
  ["'http://h/p/x_1_amd64.ddeb' x_1_amd64.ddeb 1 SHA256:ab", 'x'],
])('%s', (line, name) => {
  expect(fetchedBy(`${line}\n`, 'amd64')).toEqual(new Set([name]));
});

test('other lines are no files', () => {
  expect(fetchedBy('Reading package lists...\nE: no\n\n', 'amd64')).toEqual(new Set());
});
