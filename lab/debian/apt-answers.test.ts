import { describe, expect, it } from 'vitest';
import { archivePathOf, downloadsOf, indexHashesOf, upgradesOf, validUntilMsOf } from './apt-answers.ts';

describe('what apt says', () => {
  it('would be installed, and in place of what', () => {
    const said = `Reading package lists...
Inst redis-server [5:7.0.15-1~deb12u7] (5:7.0.15-1~deb12u10 Debian-Security:12/oldstable-security [amd64]) []
Inst libnew1 (1.0-1 Debian:12.15/oldstable [amd64])
Conf redis-server (5:7.0.15-1~deb12u10 Debian-Security:12/oldstable-security [amd64])
`;

    expect(upgradesOf(said)).toEqual([
      { name: 'redis-server', from: '5:7.0.15-1~deb12u7', to: '5:7.0.15-1~deb12u10' },
      { name: 'libnew1', from: null, to: '1.0-1' },
    ]);
  });

  it('would be downloaded, from where and as what', () => {
    const said = `'http://deb.debian.org/debian/pool/main/r/redis/redis-server_7.0.15-1%7edeb12u7_amd64.deb' redis-server_5%3a7.0.15-1~deb12u7_amd64.deb 73392 SHA256:00ff\n`;

    expect(downloadsOf(said)).toEqual([
      {
        url: 'http://deb.debian.org/debian/pool/main/r/redis/redis-server_7.0.15-1%7edeb12u7_amd64.deb',
        file: 'redis-server_5%3a7.0.15-1~deb12u7_amd64.deb',
      },
    ]);
  });

  it.each([
    ['deb.debian.org_debian_dists_bookworm_InRelease', 'debian/dists/bookworm/InRelease'],
    [
      'deb.debian.org_debian-security_dists_bookworm-security_main_binary-amd64_Packages.xz',
      'debian-security/dists/bookworm-security/main/binary-amd64/Packages.xz',
    ],
  ])('%s stands for a path', (name, path) => {
    expect(archivePathOf(name)).toBe(path);
  });
});

describe('a Release', () => {
  const hash = 'a'.repeat(64);
  const release = `Date: Sat, 21 Nov 2026 00:53:02 UTC
Valid-Until: Sat, 28 Nov 2026 00:53:02 UTC
MD5Sum:
 ${'b'.repeat(32)}   12 main/binary-amd64/Packages
SHA256:
 ${hash}       12 main/binary-amd64/Packages
 ${hash}      9 main/binary-amd64/Packages.xz
-----BEGIN PGP SIGNATURE-----
`;

  it('vouches for files by their strong hashes alone', () => {
    expect(indexHashesOf(release)).toEqual([
      { path: 'main/binary-amd64/Packages', sha256: hash },
      { path: 'main/binary-amd64/Packages.xz', sha256: hash },
    ]);
    expect(indexHashesOf('Origin: Debian\n')).toEqual([]);
  });

  it('ends, or does not', () => {
    expect(validUntilMsOf(release)).toBe(Date.parse('2026-11-28T00:53:02Z'));
    expect(validUntilMsOf('Date: today\n')).toBeNull();
  });
});
