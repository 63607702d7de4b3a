import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FakeHost } from '../../../host/testing/fake-host.ts';

export const MAIN = 'https://dl-cdn.alpinelinux.org/alpine/v3.19/main';
const EDGE = 'https://dl-cdn.alpinelinux.org/alpine/edge/main';
const VENDOR = 'https://user:secret@packages.example/alpine/stable';

/** A paragraph of a database or an index. */
export function paragraph(fields: Readonly<Record<string, string>>, more = ''): string {
  const lines = Object.entries({ A: 'x86_64', ...fields }).map(([letter, value]) => `${letter}:${value}\n`);
  return `C:Q1xxxxxxxxxxxxxxxxxxxxxxxxxxx=\n${lines.join('')}${more}\n`;
}

/** An index as a publisher signs it: a gzip stream with the signature, and one with description and index. */
export function indexOf(paragraphs: readonly string[], key = 'alpine-devel@lists.alpinelinux.org-6165ee59'): Buffer {
  const signature = tarEntry(`.SIGN.RSA.${key}.rsa.pub`, 'signature');
  const rest = tarEntry('DESCRIPTION', 'v3.19.1-52-g1234\n') + tarEntry('APKINDEX', paragraphs.join(''));
  return Buffer.concat([gzipSync(signature), gzipSync(rest + '\0'.repeat(1024))]);
}

function tarEntry(name: string, content: string): string {
  const size = content.length.toString(8).padStart(11, '0');
  const header = `${name.padEnd(100, '\0')}${'0000644\0'}${'0000000\0'}${'0000000\0'}${size}\0`.padEnd(512, '\0');
  return header + content + '\0'.repeat((512 - (content.length % 512)) % 512);
}

/** Puts an index where apk keeps its copy of it. */
export async function putIndex(host: FakeHost, url: string, index: Buffer): Promise<void> {
  const name = `APKINDEX.${createHash('sha1').update(url).digest('hex').slice(0, 8)}.tar.gz`;
  await host.writeBytes(`/var/cache/apk/${name}`, index);
}

/** Makes an Alpine of the fake host. */
export async function makeAlpine(host: FakeHost): Promise<void> {
  await host.write('/etc/os-release', 'ID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME="Alpine Linux v3.19"\n');
  await host.write('/etc/apk/repositories', `# main\n${MAIN}\n@edge ${EDGE}\n${VENDOR}\n`);
  await host.write('/etc/apk/world', 'alpine-baselayout\nzlib=1.3.1-r0\nnginx@edge\nbusybox>1.30\n');
  await host.write(
    '/lib/apk/db/installed',
    [
      paragraph({ P: 'busybox', V: '1.36.1-r15', o: 'busybox' }, 'F:bin\nR:busybox\nF:etc\nR:securetty\n'),
      paragraph({ P: 'libssl3', V: '3.1.4-r5', o: 'openssl' }, 'F:lib\nR:libssl.so.3\n'),
      paragraph({ P: 'zlib', V: '1.3.1-r0' }),
      paragraph({ P: 'nginx', V: '1.24.0-r15', f: 's' }),
      paragraph({ P: 'linux-lts', V: '6.6.16-r0' }),
      paragraph({ P: 'acme', V: '1.0-r0', A: 'noarch' }),
    ].join(''),
  );
}

/** The copies of all three indexes. */
export async function putIndexes(host: FakeHost): Promise<void> {
  const main = [
    paragraph({ P: 'busybox', V: '1.36.1-r15', S: '509000' }),
    paragraph({ P: 'libssl3', V: '3.1.4-r6', o: 'openssl', S: '250000' }),
    paragraph({ P: 'zlib', V: '1.3.1-r1' }),
    paragraph({ P: 'nginx', V: '1.24.0-r15' }),
    paragraph({ P: 'linux-lts', V: '6.6.16-r0' }),
  ];
  await putIndex(host, MAIN, indexOf(main));
  await putIndex(
    host,
    EDGE,
    indexOf([paragraph({ P: 'nginx', V: '1.26.0-r0' }), paragraph({ P: 'libssl3', V: '3.3.0-r0' })]),
  );
  await putIndex(host, VENDOR, indexOf([paragraph({ P: 'acme', V: '1.0-r0', A: 'noarch' })], 'acme-builds'));
}
