import { createHash } from 'node:crypto';
import { copyFile, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LabError } from '../lab-error.ts';
import { run } from '../machine/command.ts';
import { codeOf } from '../machine/system-error.ts';
import type { Place } from '../place.ts';
import { buildPackage, packageName } from './build-package.ts';
import { type IndexFile, releaseText } from './release-text.ts';
import { clearSign, publicKeyFile, type Signer } from './signing-key.ts';
import { ACME_FIRST, ACME_VERSIONS, type AcmeVersion } from './versions.ts';

const SUITE = 'acme';
const DAY_MS = 24 * 60 * 60 * 1_000;
const VALID_FOR_MS = 7 * DAY_MS;
/** Where every host finds the vendor's key. */
const KEY_ON_HOST = '/usr/share/keyrings/acme.asc';
export const ACME_SOURCE = `deb [signed-by=${KEY_ON_HOST}] http://packages.acme.test/acme ${SUITE} main`;
/** An index that lists both kinds is read by hosts of either. */
const INDEX_FOLDERS = ['main/binary-amd64', 'main/binary-arm64'];

export interface Publishing {
  readonly versions: readonly string[];
  /** When the index says that it was made; the past and the future are possible. */
  readonly dateMs?: number;
  /** Null: the index never ends. */
  readonly validForMs?: number | null;
  /** Null: nobody signs. */
  readonly signedBy?: Signer | null;
}

/** The repository of a vendor whose package misbehaves on demand. */
export class Acme {
  readonly keyOnHost = KEY_ON_HOST;
  private readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  get keyFile(): string {
    return publicKeyFile(this.place, 'acme');
  }

  /** Where the repository server finds it. */
  get root(): string {
    return this.place.path('acme', 'www');
  }

  async buildAll(): Promise<void> {
    await mkdir(this.place.path('acme', 'built'), { recursive: true });
    for (const one of ACME_VERSIONS) await buildPackage(this.place, this.place.path('acme', 'built'), one);
    await this.publish({ versions: [ACME_FIRST] });
  }

  /** The file of a version as it was built last. */
  fileOf(version: string): string {
    return this.place.path('acme', 'built', packageName(version));
  }

  /** The file of a version as hosts download it. */
  publishedFileOf(version: string): string {
    return join(this.root, 'acme', 'pool', packageName(version));
  }

  /** Builds a version anew with something changed: other bytes under the same version. Hosts see it once published. */
  async rebuild(version: string, changes: Partial<Omit<AcmeVersion, 'version'>>): Promise<void> {
    const one = ACME_VERSIONS.find((known) => known.version === version);
    if (one === undefined) throw new LabError(`there is no acme-web ${version}`, 'see lab/acme/versions.ts');
    await buildPackage(this.place, this.place.path('acme', 'built'), { ...one, ...changes });
  }

  /** Puts the bytes of one version in the place of another's, and leaves the signed index as it is. */
  async replaceBytes(version: string, withVersion: string): Promise<void> {
    await copyFile(this.fileOf(withVersion), this.publishedFileOf(version));
  }

  /** Makes the suite offer exactly these versions. What stays in the pool besides can still be downloaded. */
  async publish({ versions, dateMs = Date.now(), validForMs = VALID_FOR_MS, signedBy = 'acme' }: Publishing) {
    const packages = await this.indexOf(versions);
    const files = (await Promise.all(INDEX_FOLDERS.map((folder) => this.writeIndex(folder, packages)))).flat();
    const validUntilMs = validForMs === null ? null : dateMs + validForMs;
    await this.writeRelease(releaseText({ suite: SUITE, dateMs, validUntilMs, files }), signedBy);
  }

  private async indexOf(versions: readonly string[]): Promise<string> {
    const chosen = this.place.path('acme', 'chosen');
    await rm(chosen, { recursive: true, force: true });
    await mkdir(join(chosen, 'pool'), { recursive: true });
    await mkdir(join(this.root, 'acme', 'pool'), { recursive: true });
    for (const version of versions) {
      await copyFile(this.fileOf(version), join(chosen, 'pool', packageName(version)));
      await copyFile(this.fileOf(version), this.publishedFileOf(version));
    }
    return run(this.place.work, ['apt-ftparchive', 'packages', 'pool'], { cwd: chosen });
  }

  /** By hash as well: whoever read the former Release finds the index that it names. */
  private async writeIndex(folder: string, packages: string): Promise<IndexFile[]> {
    const plain = Buffer.from(packages);
    const forms: readonly (readonly [string, Buffer])[] = [
      ['Packages', plain],
      ['Packages.gz', gzipSync(plain)],
    ];
    const files: IndexFile[] = [];
    for (const [name, content] of forms) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      await this.put(join(folder, 'by-hash', 'SHA256', sha256), content);
      await this.put(join(folder, name), content);
      files.push({ path: join(folder, name), sizeBytes: content.length, sha256 });
    }
    return files;
  }

  private async writeRelease(text: string, signedBy: Signer | null): Promise<void> {
    const [release, signed] = [join(this.suite, 'Release'), join(this.suite, 'InRelease')];
    const modifiedSeconds = await nextSecond(release);
    await this.put('Release', Buffer.from(text));
    await utimes(release, modifiedSeconds, modifiedSeconds);
    if (signedBy === null) return rm(signed, { force: true });
    await clearSign(this.place, signedBy, release, `${signed}.draft`);
    await utimes(`${signed}.draft`, modifiedSeconds, modifiedSeconds);
    await rename(`${signed}.draft`, signed);
  }

  private async put(path: string, content: Buffer): Promise<void> {
    const file = join(this.suite, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.draft`, content);
    await rename(`${file}.draft`, file);
  }

  private get suite(): string {
    return join(this.root, 'acme', 'dists', SUITE);
  }
}

/** HTTP tells a file's time in whole seconds: two publishings within one would look the same to a host that asks. */
async function nextSecond(file: string): Promise<number> {
  const now = Math.floor(Date.now() / 1_000);
  try {
    return Math.max(now, Math.floor((await stat(file)).mtimeMs / 1_000) + 1);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return now;
    throw error;
  }
}
