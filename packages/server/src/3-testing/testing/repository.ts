import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { clearSigned, type Signer } from '@patchsteward/standards/openpgp/testing';
import { sha256 } from '@patchsteward/trust';

/** The body of a file that stands for a package; nothing installs it. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  readonly bytes?: string;
}

export interface Publication {
  readonly packages: readonly TestPackage[];
  readonly date: number;
  readonly validUntil?: number | null;
  readonly signers?: readonly Signer[];
  readonly suite?: string;
  /** The last word on the text of the Release file, before it is signed. */
  readonly release?: (text: string) => string;
  /** The last word on the index, before it is hashed. */
  readonly index?: (text: string) => string;
}

/** A signed repository on loopback: one suite `stable`, one component `main`, one architecture. */
export class TestRepository {
  /** By path; what is put here last is served. */
  readonly files = new Map<string, Buffer>();
  readonly asked: string[] = [];
  /** Answers in the place of the files, where it wants to. */
  fault: ((path: string) => number | 'hang' | 'cut' | undefined) | undefined;
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/acme`;
  }

  async open(port = 0): Promise<void> {
    const server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '').replace(/^\/acme\//, '');
      this.asked.push(path);
      const fault = this.fault?.(path);
      const file = this.files.get(path);
      if (fault === 'hang') return;
      if (fault === 'cut') {
        response.writeHead(200, { 'content-length': String((file?.length ?? 0) + 10) });
        response.write('cut');
        response.socket?.end();
        return;
      }
      if (fault !== undefined || file === undefined) response.writeHead(fault ?? 404).end();
      else response.end(file);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  /** Puts files, index and signed Release file into place, as an archive does. */
  async publish(publication: Publication): Promise<void> {
    const { packages, index: change = (text: string) => text } = publication;
    for (const one of packages) this.files.set(poolPath(one), fileOf(one));
    const index = Buffer.from(change(packages.map(stanza).join('\n')));
    this.files.set('dists/stable/main/binary-amd64/Packages', index);
    const packed = gzipSync(index);
    this.files.set('dists/stable/main/binary-amd64/Packages.gz', packed);
    const entries = [
      ['main/binary-amd64/Packages', index],
      ['main/binary-amd64/Packages.gz', packed],
    ] as const;
    for (const [, bytes] of entries) {
      this.files.set(`dists/stable/main/binary-amd64/by-hash/SHA256/${hex(bytes)}`, bytes);
    }
    const list = entries.map(([path, bytes]) => ` ${hex(bytes)} ${bytes.length} ${path}`).join('\n');
    await this.publishRelease(publication, list);
  }

  async publishRelease(publication: Publication, list: string): Promise<void> {
    const { date, validUntil = null, signers = [], suite = 'stable', release = (text: string) => text } = publication;
    const text = release(
      [
        'Origin: Acme',
        `Suite: ${suite}`,
        'Acquire-By-Hash: yes',
        `Date: ${dateText(date)}`,
        ...(validUntil === null ? [] : [`Valid-Until: ${dateText(validUntil)}`]),
        'SHA256:',
        list,
        '',
      ].join('\n'),
    );
    this.files.set('dists/stable/InRelease', Buffer.from(await clearSigned(text, signers, new Date(date))));
  }
}

export function fileOf({ name, version, bytes }: TestPackage): Buffer {
  return Buffer.from(bytes ?? `${name} ${version}: the bytes of a package`);
}

export function poolPath({ name, version, architecture = 'amd64' }: TestPackage): string {
  return `pool/${name}_${version}_${architecture}.deb`;
}

function stanza(one: TestPackage): string {
  const file = fileOf(one);
  const { name, version, architecture = 'amd64' } = one;
  return `Package: ${name}\nVersion: ${version}\nArchitecture: ${architecture}\nFilename: ${poolPath(one)}\nSize: ${file.length}\nSHA256: ${hex(file)}\nDescription: a test\n`;
}

function hex(bytes: Uint8Array): string {
  return sha256(bytes).slice('sha256:'.length);
}

function dateText(instant: number): string {
  return new Date(instant).toUTCString().replace('GMT', 'UTC');
}
