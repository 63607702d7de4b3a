import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost } from '../../host/testing/fake-host.ts';
import { readHolds, withHolds } from './holds.ts';
import { installedRpm } from './testing/samples.ts';

const PACKAGES = ['bash', 'python3', 'python3-libs', 'java-17-openjdk'].map((name) =>
  installedRpm(name, '5.1.8-6.el9'),
);

function heldBy(locks: readonly string[], excluded: readonly string[] = []): string[] {
  return withHolds(PACKAGES, { locks, excluded }).flatMap(({ name, hold }) => (hold ? [name] : []));
}

test.each([
  ['what the command writes', 'bash-0:5.1.8-6.el9.*', ['bash']],
  ['another version: then nothing but that may come', 'bash-0:4.4-1.el8.*', ['bash']],
  ['a name', 'bash', ['bash']],
  ['a name with a part of another’s', 'python3', ['python3']],
  ['a name with hyphens and numbers is no version', 'java-17-openjdk', ['java-17-openjdk']],
  ['a pattern', 'python3*', ['python3', 'python3-libs']],
  ['name and architecture', 'bash.x86_64', ['bash']],
  ['name, version and release', 'bash-5.1.8-6.el9', ['bash']],
  ['name and version', 'bash-5.1.8', ['bash']],
  ['what is not there', 'zsh-0:5-1.*', []],
  ['a bracket without an end', 'ba[sh', []],
])('a lock by %s', (_, lock, expected) => {
  expect(heldBy([lock])).toEqual(expected);
});

test.each([
  ['bash', ['bash']],
  ['bash-5*', ['bash']],
  ['python3-libs.x86_64', ['python3-libs']],
  ['*openjdk*', ['java-17-openjdk']],
  ['bash-4*', []],
])('left out by %s', (pattern, expected) => {
  expect(heldBy([], [pattern])).toEqual(expected);
});

describe('what the host says', () => {
  let host: FakeHost;

  beforeEach(async () => {
    host = await makeFakeHost();
    await host.write('/etc/dnf/plugins/versionlock.list', '# by hand\n\nbash-0:5.1.8-6.el9.*\n!zsh-0:5-1.*\n');
  });
  afterEach(() => host.remove());

  test('locks without comments and exclusions of single versions', async () => {
    await host.write('/etc/dnf/dnf.conf', '[main]\nexclude=kernel*\nexcludepkgs=bash\n[repo]\nexcludepkgs=zsh\n');

    expect(await readHolds(host)).toEqual({ locks: ['bash-0:5.1.8-6.el9.*'], excluded: ['bash', 'kernel*'] });
  });

  test.each([
    ['its plugin is off', '/etc/dnf/plugins/versionlock.conf', '[main]\nenabled = 0\n'],
    ['all plugins are off', '/etc/dnf/dnf.conf', '[main]\nplugins=False\n'],
    ['its list is elsewhere', '/etc/dnf/plugins/versionlock.conf', '[main]\nlocklist=/etc/none\n'],
  ])('no lock where %s', async (_, path, text) => {
    await host.write(path, text);

    expect((await readHolds(host)).locks).toEqual([]);
  });
});
