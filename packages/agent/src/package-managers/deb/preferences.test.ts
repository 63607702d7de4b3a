import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Pin, pinOf, pinsOf, pinWords, readPins } from './preferences.ts';

const FILE = '/etc/apt/preferences.d/acme';
const record = (packages: string, pin: string, priority: number): string =>
  `Package: ${packages}\nPin: ${pin}\nPin-Priority: ${priority}\n`;

describe('a file of preferences', () => {
  test('is read record by record, without comments and with long values', () => {
    const text = `# by hand\n${record('acl  libacl1', 'version  1.0*', 990)}\n\t\n# Package: never\npackage: lib*\n src:acl\nPIN: release n=trixie\npin-priority: -1\n`;

    expect(pinsOf(text, FILE)).toEqual([
      { packages: ['acl', 'libacl1'], pin: 'version 1.0*', priority: 990, file: FILE },
      { packages: ['lib*', 'src:acl'], pin: 'release n=trixie', priority: -1, file: FILE },
    ]);
  });

  test.each([
    ['nothing', ''],
    ['no package', 'Pin: version 1\nPin-Priority: 1\n'],
    ['no pin', 'Package: acl\nPin-Priority: 1\n'],
    ['no priority', 'Package: acl\nPin: version 1\n'],
    ['a priority that is no number', 'Package: acl\nPin: version 1\nPin-Priority: high\n'],
    ['a comment alone', '# Package: acl\n'],
  ])('with %s has no pin', (_, text) => {
    expect(pinsOf(text, FILE)).toEqual([]);
  });
});

describe('the preferences of a host', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'patchsteward-preferences-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  test('are the file and the folder, in the order and by the names that apt reads', async () => {
    const folder = join(root, 'etc/apt/preferences.d');
    await mkdir(folder, { recursive: true });
    await writeFile(join(root, 'etc/apt/preferences'), record('one', 'version 1', 1));
    for (const name of ['b', 'a.pref', 'a.v2.pref', 'c.bak', 'd~']) {
      await writeFile(join(folder, name), record(name, 'version 1', 1));
    }

    const pins = await readPins({ root, procfs: '/proc' });

    expect(pins.map(({ packages }) => packages[0])).toEqual(['one', 'a.pref', 'a.v2.pref', 'b']);
  });

  test('may be none', async () => {
    expect(await readPins({ root, procfs: '/proc' })).toEqual([]);
  });
});

describe('the pin of a version', () => {
  const pins = (...records: readonly string[]): Pin[] => pinsOf(records.join('\n'), FILE);
  const ACL = { name: 'acl', architecture: 'amd64', source: 'acl-source' };

  test.each([
    ['named by itself', record('acl', 'version 1.0*', 990), 'version 1.0*'],
    ['among others', record('bash acl', 'version 1.0*', 990), 'version 1.0*'],
    ['by a pattern', record('a*', 'version 1.0*', 990), 'version 1.0*'],
    ['by an expression', record('/^ac/', 'origin deb.example.org', 990), 'origin deb.example.org'],
    ['by its architecture', record('acl:amd64', 'version 1.0*', 990), 'version 1.0*'],
    ['of any architecture', record('acl:any', 'version 1.0*', 990), 'version 1.0*'],
    ['by its source', record('src:acl-source', 'release a=stable', 990), 'release a=stable'],
    ['of another architecture', record('acl:i386', 'version 1.0*', 990), undefined],
    ['of another source', record('src:acl', 'version 1.0*', 990), undefined],
    ['of another version', record('acl', 'version 2.0', 990), undefined],
    ['of another priority', record('acl', 'version 1.0*', 500), undefined],
    ['of all packages', record('*', 'release a=stable', 990), undefined],
  ])('%s', (_, text, expected) => {
    expect(pinOf(pins(text), ACL, { version: '1.0-1', priority: 990 })?.pin).toBe(expected);
  });

  test('that names the version goes before one of an origin', () => {
    const both = pins(record('acl', 'origin deb.example.org', 990), record('acl', 'version 1.0-1', 990));

    expect(pinOf(both, ACL, { version: '1.0-1', priority: 990 })?.pin).toBe('version 1.0-1');
  });

  test('is told in its own words, and where it stands', () => {
    const [pin] = pins(record('acl', 'version 1.0*', -1));

    expect(pin === undefined ? '' : pinWords(pin)).toBe(`Package: acl, Pin: version 1.0*, Pin-Priority: -1 (${FILE})`);
  });
});
