import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseUpdateinfo } from './parse.ts';

const listOf = (...updates: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<updates>${updates.join('\n')}</updates>`;
const packageOf = (name: string, release: string, arch = 'x86_64', inner = '', epoch = '0') =>
  `<package name="${name}" version="1.0" release="${release}" epoch="${epoch}" arch="${arch}" src="${name}.src.rpm">
    <filename>${name}.rpm</filename>${inner}<sum type="sha256">00</sum></package>`;
const cve = (id: string) => `<reference href="https://cve.example/${id}" id="${id}" type="cve" title="${id}"/>`;

interface Parts {
  readonly id?: string;
  readonly type?: string;
  readonly updated?: string;
  readonly references?: string;
  readonly collection?: string;
}
const update = ({
  id = 'ALSA-2024:1',
  type = 'security',
  updated,
  references = cve('CVE-2024-0001'),
  collection,
}: Parts) => `
  <update from="errata@example.org" status="final" type="${type}" version="1">
    <id>${id}</id><title>Important: curl &amp; others</title>
    <issued date="2024-05-23 00:00:00"/>${updated === undefined ? '' : `<updated date="${updated}"/>`}
    <rights>none</rights><release>1</release><severity>Important</severity>
    <description>A name that is not one of a package: <![CDATA[<name>x</name>]]></description>
    <references><reference href="https://errata.example/1" id="${id}" type="self" title="${id}"/>${references}</references>
    <pkglist><collection short="repo"><name>repo</name>${collection ?? packageOf('curl', '2.el9_4')}</collection></pkglist>
  </update>`;

const parse = (...updates: string[]) => parseUpdateinfo(bytesOf(listOf(...updates)));
const linesOf = (...updates: string[]) =>
  parse(...updates).claims.map(({ vulnerability, scope, packageName, ranges, architectures }) => {
    const fixes = ranges.map(({ introduced, fixed }) => `${introduced ?? ''}..${fixed}`);
    return [vulnerability, scope, packageName, ...fixes, ...(architectures ?? [])].join(' ');
  });

describe('a list of updates', () => {
  it('is advisories of their vendor, and below their builds all is affected', () => {
    const read = parse(
      update({ updated: '2024-05-24 10:00:00', references: cve('CVE-2024-0002') + cve('CVE-2024-0001') }),
    );

    expect(read.advisories).toEqual([
      {
        feed: 'updateinfo',
        id: 'ALSA-2024:1',
        summary: 'Important: curl & others',
        published: Date.UTC(2024, 4, 23),
        publishedPrecision: 'day',
        modified: Date.UTC(2024, 4, 24, 10),
        withdrawn: null,
        aliases: [],
        vulnerabilities: ['CVE-2024-0001', 'CVE-2024-0002'],
        references: [
          'https://errata.example/1',
          'https://cve.example/CVE-2024-0002',
          'https://cve.example/CVE-2024-0001',
        ],
      },
    ]);
    expect(read.claims).toMatchObject(
      ['CVE-2024-0001', 'CVE-2024-0002'].map((vulnerability) => ({
        authority: 'vendor-advisory',
        vulnerability,
        scope: 'almalinux:9',
        packageKind: 'binary',
        packageName: 'curl',
        ranges: [{ introduced: null, fixed: '0:1.0-2.el9_4', lastAffected: null }],
      })),
    );
    expect(read.dataAsOf).toBe(Date.UTC(2024, 4, 24, 10));
  });

  it('is read packed as well', () => {
    expect(parseUpdateinfo(gzipSync(listOf(update({})))).claims.length).toBe(1);
  });

  it('finds vulnerabilities in titles, and lends its own name where there is none', () => {
    const bug = '<reference href="" id="17" type="bugzilla" title="CVE-2024-0003 curl: a hole [fedora-all]"/>';

    expect(linesOf(update({ references: bug }), update({ id: 'ALSA-2024:2', references: '' }))).toEqual([
      'CVE-2024-0003 almalinux:9 curl ..0:1.0-2.el9_4',
      'ALSA-2024:2 almalinux:9 curl ..0:1.0-2.el9_4',
    ]);
  });

  it('leaves out what mends bugs alone', () => {
    const { advisories } = parse(
      update({ type: 'bugfix', references: '' }),
      update({ id: 'ALBA-2024:2', type: 'bugfix' }),
    );

    expect(advisories.map(({ id }) => id)).toEqual(['ALBA-2024:2']);
  });

  it('keeps what the vendor advises afterwards', () => {
    const advised =
      '<reboot_suggested>True</reboot_suggested><relogin_suggested/><restart_suggested>False</restart_suggested>';
    const { advisories } = parse(update({ collection: packageOf('kernel', '2.el9', 'x86_64', advised) }));

    expect(advisories[0]?.summary).toBe('Important: curl & others (reboot, relogin suggested)');
  });

  it('keeps epochs, architectures and modules', () => {
    const lines = linesOf(
      update({
        collection:
          '<module name="nodejs" stream="18" version="1" context="a" arch="x86_64"/>' +
          packageOf('nodejs', '2.module_el9+1+a', 'x86_64', '', '1') +
          packageOf('nodejs', '2.module_el9+1+a', 'src', '', '1') +
          packageOf('plain', '2.el9', 'x86_64', '', 'None'),
      }),
      update({
        id: 'ELSA-2022-4803',
        collection: packageOf('rsyslog', '2.el8', 'x86_64') + packageOf('rsyslog', '2.el8_1', 'aarch64'),
      }),
    );

    expect(lines).toEqual([
      'CVE-2024-0001 almalinux:9 nodejs:18::nodejs ..1:1.0-2.module_el9+1+a',
      'CVE-2024-0001 almalinux:9 plain ..0:1.0-2.el9',
      'CVE-2024-0001 ol:8 rsyslog ..0:1.0-2.el8 x86_64',
      'CVE-2024-0001 ol:8 rsyslog ..0:1.0-2.el8_1 aarch64',
    ]);
  });

  it('takes the lowest of several builds of one package', () => {
    expect(linesOf(update({ collection: packageOf('a', '3.el9') + packageOf('a', '2.el9') }))).toEqual([
      'CVE-2024-0001 almalinux:9 a ..0:1.0-2.el9',
    ]);
  });

  it('takes the newer revision of an update, and both lists of one revision', () => {
    const newer = update({ updated: '2024-06-01 00:00:00', collection: packageOf('a', '3.el9') });
    const older = update({ collection: packageOf('a', '2.el9') });
    const other = update({ collection: packageOf('b', '2.el9') });

    expect(linesOf(older, newer, other)).toEqual(['CVE-2024-0001 almalinux:9 a ..0:1.0-3.el9']);
    expect(linesOf(older, other).length).toBe(2);
  });

  it.each([
    ['seconds', '1716422400', Date.UTC(2024, 4, 23)],
    ['a day', '2024-05-24', Date.UTC(2024, 4, 24)],
    ['a zone', '2024-05-24T01:00:00+01:00', Date.UTC(2024, 4, 24)],
    ['the beginning of time', '1970-01-01 00:00:00', Date.UTC(2024, 4, 23)],
  ])('reads %s as a date', (_, updated, expected) => {
    expect(parse(update({ updated })).advisories[0]?.modified).toBe(expected);
  });

  it('says of what it cannot judge why', () => {
    const { claims, quarantined } = parse(
      update({
        collection:
          packageOf('a', '2.module_el9+1') + packageOf('b', '2') + packageOf('', '2.el9') + packageOf('c', '2 .el9'),
      }),
      update({ id: '' }),
    );

    expect(claims).toEqual([]);
    expect(quarantined).toEqual([
      { record: 'update 2', problem: 'it has no id' },
      { record: 'ALSA-2024:1', problem: 'a 0:1.0-2.module_el9+1 was built for a module that nobody names' },
      { record: 'ALSA-2024:1', problem: 'b 0:1.0-2 says no release that it was built for' },
      { record: 'ALSA-2024:1', problem: ' 0:1.0-2.el9 is no package in a version' },
      { record: 'ALSA-2024:1', problem: 'c 0:1.0-2 .el9 is no package in a version' },
    ]);
  });
});

describe('a file that cannot be used', () => {
  it.each([
    ['that is empty', '', 'empty: the file is empty'],
    ['that is not XML', 'hello', /^damaged: the XML is not well-formed/],
    ['that is cut off', listOf(update({})).slice(0, -30), /^damaged: the XML is not well-formed/],
    ['of another kind', '<repomd/>', 'not-this-feed: the XML is no list of updates'],
    ['without an update', '<updates/>', 'not-this-feed: the file lists no update'],
    [
      'that defines entities',
      '<!DOCTYPE updates [<!ENTITY a "aaaa">]><updates>&a;</updates>',
      'not-this-feed: the XML has a document type, which no list of updates has',
    ],
    ['that is too deep', `<updates>${'<a>'.repeat(20)}`, 'too-deep: the XML is deeper than 16 elements'],
    [
      'with too many packages',
      listOf(update({ collection: '<package/>'.repeat(100_001) })),
      'too-large: an update has more than 100000 packages',
    ],
  ])('%s', (_, text, expected) => {
    expect(faultOf(() => parseUpdateinfo(bytesOf(text)))).toMatch(expected);
  });

  it('that is no text', () => {
    expect(faultOf(() => parseUpdateinfo(Uint8Array.of(0x3c, 0xff, 0xfe)))).toBe('not-text: the XML is not UTF-8 text');
  });
});
