import type { ListedSupport } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOfDay } from '../instant.ts';
import { textOf } from '../json.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';

export interface SupportList {
  readonly listed: readonly ListedSupport[];
  readonly quarantined: readonly Quarantined[];
  /** Its file does not say of which day it is. */
  readonly dataAsOf: null;
}

/** The first line with words of every such list, until somebody writes another one. */
const BEGINNING = /^\s*#\s*List of packages (?:whose security support ends|where security support is limited)/;
const ENDED = /^(\S+)\s+(\S+)\s+(\d{4}-\d{2}-\d{2})(?:\s+(.*))?$/;
const LIMITED = /^(\S+)(?:\s+(.*))?$/;
/** A source package, or all whose names begin so: `php-horde.*`. // Debian Policy §5.6.1 */
const SOURCE = /^([a-z0-9][a-z0-9+.-]*?)(\.\*)?$/;
/** As much of it as a person reads. */
const DETAILS_CHARACTERS_MAX = 500;

/**
 * One list of debian-security-support. `what`: of packages whose support ends before that of their release, or of those
 * with limited support; the lists do not say so line by line. Throws FeedUnreadable where it is neither.
 */
export function parseSupportList(bytes: Uint8Array, what: 'ended' | 'limited'): SupportList {
  const text = textOf(unpacked(bytes), 'the file');
  const isLimitedList = /security support is limited/.test(text.slice(0, text.indexOf('\n', 1) + 1 || undefined));
  if (!BEGINNING.test(text) || isLimitedList !== (what === 'limited')) {
    throw new FeedUnreadable('not-this-feed', `the file is no list of packages whose support is ${what}`);
  }
  const refused: Quarantined[] = [];
  const listed = text.split(/\r?\n/).flatMap((line, at) => {
    const entry = line.trim();
    if (entry === '' || entry.startsWith('#')) return [];
    const read = what === 'ended' ? endedOf(entry) : limitedOf(entry);
    if (typeof read !== 'string') return [read];
    refused.push(quarantined(`line ${at + 1}`, read));
    return [];
  });
  return { listed, quarantined: refused, dataAsOf: null };
}

function endedOf(entry: string): ListedSupport | string {
  const [, name, version, day = '', details] = ENDED.exec(entry) ?? [];
  if (name === undefined || version === undefined) return `it does not name a source, a version and a day: ${entry}`;
  const ends = instantOfDay(day);
  if (ends === null) return `the end of its support is no day: ${day}`;
  // `0`: no version of it had any.
  return listedOf(name, { lastVersion: version === '0' ? null : version, ends, details });
}

function limitedOf(entry: string): ListedSupport | string {
  const [, name = '', details] = LIMITED.exec(entry) ?? [];
  return listedOf(name, { lastVersion: null, ends: null, details });
}

interface Said {
  readonly lastVersion: string | null;
  readonly ends: Instant | null;
  readonly details: string | undefined;
}

function listedOf(name: string, { lastVersion, ends, details }: Said): ListedSupport | string {
  const [, source, rest] = SOURCE.exec(name) ?? [];
  if (source === undefined) return `it is the name of no source package: ${name}`;
  const words = (details ?? '').trim().slice(0, DETAILS_CHARACTERS_MAX);
  return { source, isBeginning: rest !== undefined, lastVersion, ends, details: words === '' ? null : words };
}
