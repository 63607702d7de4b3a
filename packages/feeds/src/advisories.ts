import { parseAlpineSecdb } from './alpine-secdb/index.ts';
import { isZip, unpackedHead, zipHead } from './archive/unpack.ts';
import { parseCsaf } from './csaf/index.ts';
import { providerFileKind } from './csaf-provider/index.ts';
import { parseDebianTracker } from './debian-tracker/index.ts';
import { HEAD_BYTES, isAlpineSecdb, isDebianTracker } from './detect.ts';
import type { FeedForm } from './feed-form.ts';
import { type Advisories, parseOsv } from './osv/index.ts';
import { parseUpdateinfo } from './updateinfo/index.ts';

/** The forms in which vendors and aggregators publish what is affected. */
export type AdvisoryFormat = Extract<FeedForm, 'osv' | 'alpine-secdb' | 'debian-tracker' | 'csaf' | 'updateinfo'>;

/** The form of a file, from its first bytes (at least HEAD_BYTES of them, or all). null: none of these. */
export function advisoryFormatOf(head: Uint8Array): AdvisoryFormat | null {
  if (isZip(head)) return zipFormatOf(head);
  const text = new TextDecoder().decode(unpackedHead(head, HEAD_BYTES)).trimStart();
  if (/^<\?xml[^>]*>\s*<updates[\s>]|^<updates[\s>]/.test(text)) return 'updateinfo';
  if (!text.startsWith('{') && !text.startsWith('[')) return null;
  if (/"csaf_version"\s*:/.test(text)) return 'csaf';
  if (/"affected"\s*:/.test(text) && /"ecosystem"\s*:/.test(text)) return 'osv';
  if (isAlpineSecdb(text)) return 'alpine-secdb';
  return isDebianTracker(text) ? 'debian-tracker' : null;
}

/** A zip holds an export of OSV, or the documents of a CSAF provider beside what says where they are. */
function zipFormatOf(head: Uint8Array): AdvisoryFormat {
  const { name, text } = zipHead(head, HEAD_BYTES);
  const kind = providerFileKind(name);
  const isOfProvider = kind !== null && kind !== 'other';
  return isOfProvider || /"csaf_version"\s*:/.test(text) ? 'csaf' : 'osv';
}

/** Reads a file of a known form. Throws FeedUnreadable where the file as a whole cannot be trusted. */
export function parseAdvisories(format: AdvisoryFormat, bytes: Uint8Array): Advisories {
  return READERS[format](bytes);
}

const READERS: Readonly<Record<AdvisoryFormat, (bytes: Uint8Array) => Advisories>> = {
  osv: parseOsv,
  'alpine-secdb': parseAlpineSecdb,
  'debian-tracker': parseDebianTracker,
  csaf: parseCsaf,
  updateinfo: parseUpdateinfo,
};
