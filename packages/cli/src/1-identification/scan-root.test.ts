import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../platform/testing/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchsteward-scan-root-'));
const at = (name: string) => join(folder, name);

function put(path: string, content: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
}

const SECDB = {
  distroversion: 'v3.19',
  reponame: 'main',
  urlprefix: 'https://dl-cdn.alpinelinux.org/alpine',
  apkurl: '{{urlprefix}}/{{distroversion}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk',
  archs: ['x86_64'],
  packages: [{ pkg: { name: 'openssl', secfixes: { '3.1.4-r6': ['CVE-2026-0001'] } } }],
};

beforeAll(() => {
  put('alpine/etc/os-release', 'ID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME="Alpine Linux v3.19"\n');
  put('alpine/etc/apk/world', 'libssl3=3.1.4-r5\n');
  put('alpine/lib/apk/db/installed', 'P:libssl3\nV:3.1.4-r5\nA:x86_64\no:openssl\n\nP:zlib\nV:1.3.1-r0\nA:x86_64\n\n');
  put('scratch/app', 'a container from scratch');
  put('main.json', JSON.stringify(SECDB));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('scan --root', () => {
  it('judges the file system of a container, of which nothing runs here', async () => {
    const { code, stdout } = await run(['scan', '--root', at('alpine'), '-a', at('main.json'), '--json']);

    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      release: { id: 'alpine', versionId: '3.19.1' },
      packages: 2,
      judged: { kind: 'judged', scope: 'alpine:3.19', sources: 2 },
      findings: [
        {
          package: 'libssl3',
          source: 'openssl',
          vulnerability: 'CVE-2026-0001',
          fixed: '3.1.4-r6',
          reasons: [{ code: 'fix-held' }],
        },
      ],
      // No index lies there, so nobody knows what is offered.
      updates: null,
    });
  });

  it('says what to do in the words of that system', async () => {
    const { stdout } = await run(['scan', '--root', at('alpine'), '-a', at('main.json')]);

    expect(stdout).toContain(
      'lift the hold (its version in /etc/apk/world: libssl3); then install openssl 3.1.4-r6 or newer (apk add --upgrade libssl3)',
    );
  });

  it.each([
    [
      'a folder without a package manager',
      ['--root', at('scratch')],
      1,
      'there is no package database of dpkg, rpm or apk',
    ],
    ['a folder that is not there', ['--root', at('none')], 1, 'ENOENT'],
    [
      'a root and copies of files',
      ['--root', at('alpine'), '--os-release', at('alpine/etc/os-release')],
      2,
      '--root reads all',
    ],
  ])('refuses %s', async (_, argv, exitCode, complaint) => {
    const { code, stderr } = await run(['scan', ...argv]);

    expect(code).toBe(exitCode);
    expect(stderr).toContain(complaint);
  });
});
