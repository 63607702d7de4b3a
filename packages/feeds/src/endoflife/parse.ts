import type { Lifecycle, SupportedProduct, SupportPhase } from '@patchsteward/core/1-identification';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOf, instantOfDay } from '../instant.ts';
import { parseJson, textOf } from '../json.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { type End, endsOfCycle, supportedProduct } from './product.ts';
import { answerOf, type Cycle, productOf } from './schema.ts';

export interface Lifecycles {
  readonly lifecycles: readonly Lifecycle[];
  /** Of endoflife.date alone: all that it knows, platforms among them. */
  readonly products: readonly SupportedProduct[];
  readonly quarantined: readonly Quarantined[];
  /** Of an answer of version 1; the other files do not say of which day they are. */
  readonly dataAsOf: Instant | null;
}

/** What the columns of distro-info mean; those that it does not name are no ends. // distro-info-data */
const COLUMNS: Readonly<Record<string, SupportPhase>> = {
  eol: 'regular',
  'eol-server': 'regular',
  'eol-lts': 'lts',
  'eol-elts': 'extended',
  'eol-esm': 'extended',
  'eol-legacy': 'extended',
};
const CSV_BEGINNING = 'version,codename,series,created,release,eol';

/** Products of endoflife.date that hosts of ours run, with the family of their scopes. */
const FAMILIES: Readonly<Record<string, string>> = {
  debian: 'debian',
  ubuntu: 'ubuntu',
  almalinux: 'almalinux',
  'rocky-linux': 'rocky',
  rhel: 'rhel',
  fedora: 'fedora',
  'oracle-linux': 'ol',
  'amazon-linux': 'amzn',
  'alpine-linux': 'alpine',
};

/** Whether the first bytes of a file are those of one of them. */
export function isLifecycleText(text: string): boolean {
  if (text.startsWith(CSV_BEGINNING)) return true;
  return /"releases"\s*:/.test(text) && /"(?:releaseCycle|eolFrom)"\s*:/.test(text);
}

/** Throws FeedUnreadable where the file as a whole is neither. */
export function parseLifecycles(bytes: Uint8Array): Lifecycles {
  const plain = unpacked(bytes);
  const isCsv = new TextDecoder().decode(plain.subarray(0, CSV_BEGINNING.length)) === CSV_BEGINNING;
  const refused: Quarantined[] = [];
  const { read, products, dataAsOf } = isCsv
    ? { read: fromCsv(textOf(plain, 'the file'), refused), products: [], dataAsOf: null }
    : fromJson(plain, refused);
  if (read.length + products.length === 0) {
    throw new FeedUnreadable('not-this-feed', 'the file names no platform of ours with an end, and no product');
  }
  return { lifecycles: latest(read), products, quarantined: refused, dataAsOf };
}

function fromCsv(text: string, refused: Quarantined[]): Lifecycle[] {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const names = header.split(',');
  // Only Ubuntu has them.
  const family = names.includes('eol-esm') ? 'ubuntu' : 'debian';
  return lines.flatMap((line) => {
    const cells = line.split(',');
    // `22.04 LTS`; sid and experimental have none.
    const version = (cells[0] ?? '').split(' ')[0] ?? '';
    if (version === '') return [];
    const ends = names.flatMap((name, at) => {
      const phase = COLUMNS[name];
      const day = cells[at]?.trim() ?? '';
      return phase === undefined || day === '' ? [] : [{ phase, day }];
    });
    return lifecyclesOf(`${family}:${version}`, ends, refused);
  });
}

interface Dated {
  readonly read: readonly Lifecycle[];
  readonly products: readonly SupportedProduct[];
  readonly dataAsOf: Instant | null;
}

function fromJson(bytes: Uint8Array, refused: Quarantined[]): Dated {
  const file = parseJson(bytes, 'the file');
  if (Array.isArray(file)) {
    // `/api/debian.json`: nothing in it says that it is of Debian.
    throw new FeedUnreadable(
      'not-this-feed',
      'the file is a list of releases that names no product; take /api/v1/products/full or /api/v1/products/NAME',
    );
  }
  if (typeof file !== 'object' || file === null) {
    throw new FeedUnreadable('not-this-feed', 'the file is no object of products');
  }
  const answer = answerOf(file);
  const read: Lifecycle[] = [];
  const products: SupportedProduct[] = [];
  for (const [name, value] of answer?.products ?? Object.entries(file)) {
    const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
    const product = productOf(value);
    if (product === null) {
      refused.push(quarantined(name, 'its releases cannot be read'));
      continue;
    }
    // The ends of a platform are read, and refused, as those of its releases.
    const unread = family === undefined ? refused : [];
    products.push(...supportedProduct({ name, scope: family ?? `product:${name}` }, product, unread));
    if (family !== undefined)
      read.push(...product.releases.flatMap((cycle) => lifecyclesOfPlatform(family, cycle, refused)));
  }
  return { read, products, dataAsOf: answer?.at == null ? null : instantOf(answer.at) };
}

/** Of a platform its regular support and its long-term one are two phases, and Debian's long-term one is public. */
function lifecyclesOfPlatform(family: string, cycle: Cycle, refused: Quarantined[]): Lifecycle[] {
  const ends = endsOfCycle({ ...cycle, lts: false });
  const further = family === 'debian' ? 'lts' : 'extended';
  const read = ends.map(({ phase, day }): End => ({ phase: phase === 'extended' ? further : phase, day }));
  return lifecyclesOf(`${family}:${cycle.releaseCycle}`, read, refused);
}

function lifecyclesOf(scope: string, ends: readonly End[], refused: Quarantined[]): Lifecycle[] {
  return ends.flatMap(({ phase, day }) => {
    const start = instantOfDay(day);
    if (start !== null) return [{ scope, phase, ends: start + DAY_MS }];
    refused.push(quarantined(scope, `the end of its support is no day: ${day}`));
    return [];
  });
}

/** Where two columns end one phase, the later one does. */
function latest(read: readonly Lifecycle[]): Lifecycle[] {
  const byPhase = new Map<string, Lifecycle>();
  for (const one of read) {
    const key = `${one.scope} ${one.phase}`;
    const known = byPhase.get(key);
    if (known === undefined || known.ends < one.ends) byPhase.set(key, one);
  }
  return [...byPhase.values()];
}
