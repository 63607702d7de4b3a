import type { Instant } from '@patchsteward/core/vocabulary';
import { Paragraphs } from './paragraphs.ts';
import { instantOfDate } from './release-date.ts';
import { IndexFault } from './release-fault.ts';

/** A file of the repository as its Release file names it. */
interface ReleaseFile {
  /** `sha256:` and hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What a Release file says. // Debian wiki RepositoryFormat, "Release" files */
export interface Release {
  readonly publisher: string | null;
  readonly label: string | null;
  readonly suite: string | null;
  readonly codename: string | null;
  readonly date: Instant;
  /** null: its publisher set no end. */
  readonly validUntil: Instant | null;
  readonly acquireByHash: boolean;
  /** Packages for `all` have an index of their own, beside those of the architectures. */
  readonly allApart: boolean;
  /** By path below the Release file. Only SHA-256 counts: what is listed under weaker hashes alone is not there. */
  readonly files: ReadonlyMap<string, ReleaseFile>;
}

const FIELDS: ReadonlySet<string> = new Set([
  'origin',
  'label',
  'suite',
  'codename',
  'date',
  'valid-until',
  'acquire-by-hash',
  'architectures',
  'no-support-for-architecture-all',
  'sha256',
]);
/** Debian's main archive lists below 800 files. */
const FILES_MAX = 20_000;
const ENTRY = /^([0-9a-f]{64})[ \t]+(\d{1,15})[ \t]+(\S{1,512})$/;

/** Reads the text of a Release file, which somebody has verified. Throws IndexFault. */
export function parseRelease(text: string): Release {
  const paragraphs: ReadonlyMap<string, string>[] = [];
  const reader = new Paragraphs(FIELDS, (fields) => paragraphs.push(fields));
  reader.push(text);
  reader.end();
  const [fields, more] = paragraphs;
  if (fields === undefined || more !== undefined) throw new IndexFault('a Release file is one paragraph');
  const word = (name: string): string | null => fields.get(name) || null;
  const until = word('valid-until');
  const architectures = (word('architectures') ?? '').split(/\s+/);
  return {
    publisher: word('origin'),
    label: word('label'),
    suite: word('suite'),
    codename: word('codename'),
    date: instantOfDate(word('date') ?? ''),
    validUntil: until === null ? null : instantOfDate(until),
    acquireByHash: word('acquire-by-hash')?.toLowerCase() === 'yes',
    allApart: architectures.includes('all') && word('no-support-for-architecture-all')?.toLowerCase() !== 'packages',
    files: filesOf(fields.get('sha256')),
  };
}

function filesOf(list: string | undefined): ReadonlyMap<string, ReleaseFile> {
  if (list === undefined) throw new IndexFault('the Release file lists no SHA-256 hashes');
  const files = new Map<string, ReleaseFile>();
  for (const line of list.split('\n')) {
    if (line.trim() === '') continue;
    const [, hex, size, path] = ENTRY.exec(line.trim()) ?? [];
    if (hex === undefined || path === undefined) throw new IndexFault(`"${line.slice(0, 80)}" is no entry of SHA256`);
    const file = { sha256: `sha256:${hex}`, sizeBytes: Number(size) };
    const same = files.get(path);
    if (same !== undefined && same.sha256 !== file.sha256) throw new IndexFault(`${path} is listed with two hashes`);
    files.set(path, file);
    if (files.size > FILES_MAX) throw new IndexFault(`the Release file lists more than ${FILES_MAX} files`);
  }
  return files;
}
