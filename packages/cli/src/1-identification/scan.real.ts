import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../platform/testing/run.ts';

const advisories = resolve(
  import.meta.dirname,
  '../../../..',
  process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data',
  'debian/dsa-dla-osv.jsonl.gz',
);

/** The given fields of every package that dpkg knows. */
function dpkg(...fields: readonly string[]): string[] {
  const format = `${fields.map((field) => `\${${field}}`).join(' ')}\n`;
  return execFileSync('/usr/bin/dpkg-query', ['-W', '-f', format], { encoding: 'utf8' }).trimEnd().split('\n');
}

describe('scan of this machine', () => {
  it('says how many packages dpkg has, and judges nothing without advisories', async () => {
    const present = dpkg('db:Status-Status').filter((state) => state !== 'config-files' && state !== 'not-installed');

    const { code, stdout } = await run(['scan', '--json']);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ packages: present.length, findings: null });
  });

  it.skipIf(!existsSync(advisories) || !existsSync('/etc/debian_version'))('names what dpkg and apt name', async () => {
    const installed = new Set(dpkg('Package', 'Version', 'source:Package', 'source:Version'));

    const { stdout } = await run(['scan', '-a', advisories, '--json']);

    const { findings, updates } = JSON.parse(stdout);
    const unknown = [...findings].filter(
      (row: Record<string, string>) =>
        !installed.has(`${row['package']} ${row['installed']} ${row['source']} ${row['sourceVersion']}`),
    );
    const simulated = execFileSync('/usr/bin/apt', ['list', '--upgradable'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const offered = new Set(simulated.split('\n').map((line) => line.split('/')[0]));
    expect(
      unknown.filter((row: Record<string, string>) => !/^(linux|grub2|shim|fwupd-efi)/.test(row['source'] ?? '')),
    ).toEqual([]);
    expect(
      updates.filter(({ name, phased }: { name: string; phased: boolean }) => !phased && !offered.has(name)),
    ).toEqual([]);
  });
});
