import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packageFiles } from './package-files.ts';
import { ACME_VERSIONS, type AcmeVersion } from './versions.ts';

const of = (version: string): AcmeVersion =>
  ACME_VERSIONS.find((one) => one.version === version) ?? { version, change: '' };
const file = (version: string, path: string): string =>
  Buffer.from(packageFiles(of(version)).find((one) => one.path === path)?.content ?? '').toString('latin1');

describe('acme-web', () => {
  it.each([
    ['1.2', 'DEBIAN/postinst', /exit 1/],
    ['1.3', '/usr/lib/acme-web/serve', /^alarm 2;$/m],
    ['1.4', '/usr/lib/acme-web/serve', /select undef, undef, undef, 0\.1;/],
    ['1.5', '/etc/acme-web/acme.conf', /color=green/],
    ['1.6', 'DEBIAN/control', /^Depends: acme-missing \(>= 2\)$/m],
    ['1.7', 'DEBIAN/postinst', /reboot-required/],
    ['1.8', 'DEBIAN/postinst', /sleep 86400/],
  ])('%s differs from a good one in %s', (version, path, difference) => {
    expect(file(version, path)).toMatch(difference);
    expect(file('1.1', path)).not.toMatch(difference);
  });

  it('1.1 says in its changelog which weakness it fixes', () => {
    expect(file('1.1', '/usr/share/doc/acme-web/changelog.Debian')).toContain('CVE-2099-0001');
  });

  it('the heavy one is as heavy as it says, and the same each time', () => {
    const pictures = '/usr/lib/acme-web/pictures';

    const [one, other] = [file('1.9', pictures), file('1.9', pictures)];

    expect(one).toHaveLength(8 * 1024 * 1024);
    expect(one === other).toBe(true);
    expect(gzipSync(Buffer.from(one, 'latin1'), { level: 1 }).length).toBeGreaterThan(8_000_000);
  });

  it.each(ACME_VERSIONS.map(({ version }) => version))('the scripts of %s are shell', (version) => {
    for (const script of ['DEBIAN/postinst', 'DEBIAN/prerm']) {
      expect(spawnSync('sh', ['-n'], { input: file(version, script) }).status).toBe(0);
    }
  });
});
