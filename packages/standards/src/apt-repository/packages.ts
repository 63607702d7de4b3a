import { Paragraphs } from './paragraphs.ts';
import { IndexFault } from './release-fault.ts';

/** A file of a package as an index lists it. */
export interface ListedPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Below the address of the repository. */
  readonly path: string;
}

const FIELDS: ReadonlySet<string> = new Set(['package', 'version', 'architecture', 'sha256', 'size', 'filename']);
/** Ten times Debian's largest index. */
const PACKAGES_MAX = 1_000_000;
/** A name has a few versions in one index; a flood of them is an attack. */
const KEPT_MAX = 50_000;
const SHA256 = /^[0-9a-f]{64}$/i;
const SIZE = /^\d{1,15}$/;

/** Reads a package index piece by piece and keeps the packages that are looked for. Throws IndexFault. */
export class PackagesReader {
  readonly #names: ReadonlySet<string>;
  readonly #kept: ListedPackage[] = [];
  readonly #decoder = new TextDecoder('utf-8');
  readonly #paragraphs: Paragraphs;
  #count = 0;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
    this.#paragraphs = new Paragraphs(FIELDS, (fields) => this.#take(fields));
  }

  push(bytes: Uint8Array): void {
    this.#paragraphs.push(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The packages found, in the order of the index: a name may stand there several times. */
  end(): { readonly packages: readonly ListedPackage[]; readonly count: number } {
    this.#paragraphs.push(this.#decoder.decode());
    this.#paragraphs.end();
    return { packages: this.#kept, count: this.#count };
  }

  #take(fields: ReadonlyMap<string, string>): void {
    this.#count += 1;
    if (this.#count > PACKAGES_MAX) throw new IndexFault(`the index lists more than ${PACKAGES_MAX} packages`);
    // Each is checked, wanted or not: an index with one bad entry is refused when it comes, not when it is needed.
    const listed = listedOf(fields);
    if (!this.#names.has(listed.name)) return;
    this.#kept.push(listed);
    if (this.#kept.length > KEPT_MAX) throw new IndexFault(`the index lists too many versions of a few packages`);
  }
}

function listedOf(fields: ReadonlyMap<string, string>): ListedPackage {
  const name = fields.get('package') ?? '';
  if (name === '') throw new IndexFault('a paragraph of the index names no package');
  const version = fields.get('version') ?? '';
  const architecture = fields.get('architecture') ?? '';
  const sha256 = fields.get('sha256') ?? '';
  const size = fields.get('size') ?? '';
  const path = fields.get('filename') ?? '';
  if (version === '' || architecture === '') throw new IndexFault(`${name} has no version or no architecture`);
  if (!SHA256.test(sha256)) throw new IndexFault(`${name} ${version} has no SHA-256 hash`);
  if (!SIZE.test(size)) throw new IndexFault(`${name} ${version} has no size`);
  if (!isBelow(path)) throw new IndexFault(`${name} ${version} lies outside of the repository: ${path.slice(0, 80)}`);
  return { name, version, architecture, sha256: `sha256:${sha256.toLowerCase()}`, sizeBytes: Number(size), path };
}

/** A path that stays below where it starts, and that a URL takes as it is. */
function isBelow(path: string): boolean {
  const plain = /^[\w.+~:@%=,/-]{1,1024}$/.test(path);
  return plain && !path.startsWith('/') && !path.includes('//') && !path.split('/').includes('..');
}
