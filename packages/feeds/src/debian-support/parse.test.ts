import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseSupportList } from './parse.ts';

const ENDED = '\n# List of packages whose security support ends before the distribution EOL\n';
const LIMITED = '# List of packages where security support is limited\n';

describe('lists of debian-security-support', () => {
  it('of packages whose support ends, with the last version, the day and why', () => {
    const text = `${ENDED}# Columns\nlxd  5.0-1\t2026-06-12  too hard: see #1\nphp-horde.*\t0 2025-03-22\n\n`;
    expect(parseSupportList(gzipSync(bytesOf(text)), 'ended')).toEqual({
      listed: [
        ...[
          {
            source: 'lxd',
            isBeginning: false,
            lastVersion: '5.0-1',
            ends: Date.UTC(2026, 5, 12),
            details: 'too hard: see #1',
          },
        ],
        ...[{ source: 'php-horde', isBeginning: true, lastVersion: null, ends: Date.UTC(2025, 2, 22), details: null }],
      ],
      quarantined: [],
      dataAsOf: null,
    });
  });

  it('of packages with limited support', () => {
    const none = { lastVersion: null, ends: null };
    expect(parseSupportList(bytesOf(`${LIMITED}golang.*   static linking\ntiles\n`), 'limited').listed).toEqual([
      { ...none, source: 'golang', isBeginning: true, details: 'static linking' },
      { ...none, source: 'tiles', isBeginning: false, details: null },
    ]);
  });

  it.each([
    ['lxd 5.0-1', 'a day'],
    ['lxd 5.0-1 2026-02-30', '2026-02-30'],
    ['l[xd]+ 5.0-1 2026-02-20', 'no source package'],
    ['.* 5.0-1 2026-02-20', 'no source package'],
  ])('set aside %s, and nothing else', (line, problem) => {
    const { listed, quarantined } = parseSupportList(bytesOf(`${ENDED}${line}\nxen 1 2026-01-01\n`), 'ended');
    expect(listed).toMatchObject([{ source: 'xen' }]);
    expect(quarantined).toMatchObject([{ record: 'line 3', problem: expect.stringContaining(problem) }]);
  });

  it.each([
    ['ended', LIMITED],
    ['limited', ENDED],
    ['ended', '{}'],
    ['limited', 'lxd too hard'],
  ] as const)('are refused as %s where they are another one', (what, text) => {
    expect(faultOf(() => parseSupportList(bytesOf(text), what))).toContain('not-this-feed');
  });

  it.skipIf(TEST_DATA === null)('of Debian 12 are read as they are', () => {
    const folder = 'eol/debian-security-support';
    const ended = dataFile(`${folder}/security-support-ended.deb12`);
    expect(parseSupportList(ended, 'ended')).toMatchObject({ listed: { length: 16 }, quarantined: [] });
    const limited = parseSupportList(dataFile(`${folder}/security-support-limited`), 'limited');
    expect(limited).toMatchObject({ listed: { length: 32 }, quarantined: [] });
  });
});
