import type { Lifecycle, SupportPhase } from '@patchsteward/core/1-identification';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOf, instantOfDay } from '../instant.ts';
import { parseJson, textOf } from '../json.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { answerOf, type Cycle, cyclesOf } from './schema.ts';

export interface Lifecycles {
  readonly lifecycles: readonly Lifecycle[];
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
  const { read, dataAsOf } = isCsv
    ? { read: fromCsv(textOf(plain, 'the file'), refused), dataAsOf: null }
    : fromJson(plain, refused);
  if (read.length === 0) throw new FeedUnreadable('not-this-feed', 'the file names no platform of ours with an end');
  return { lifecycles: latest(read), quarantined: refused, dataAsOf };
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
  const products = answer?.products ?? Object.entries(file);
  const read = products.flatMap(([name, product]) => lifecyclesOfProduct(name, product, refused));
  return { read, dataAsOf: answer?.at == null ? null : instantOf(answer.at) };
}

function lifecyclesOfProduct(name: string, product: unknown, refused: Quarantined[]): Lifecycle[] {
  const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
  if (family === undefined) return [];
  const cycles = cyclesOf(product);
  if (cycles === null) {
    refused.push(quarantined(name, 'its releases cannot be read'));
    return [];
  }
  return cycles.flatMap((cycle) => lifecyclesOf(`${family}:${cycle.releaseCycle}`, endsOf(cycle, family), refused));
}

interface End {
  readonly phase: SupportPhase;
  readonly day: string;
}

/** Debian's long-term support is as public as the regular one. */
function endsOf({ eol, eoes }: Cycle, family: string): End[] {
  const further = family === 'debian' ? 'lts' : 'extended';
  return [
    ...(typeof eol === 'string' ? [{ phase: 'regular', day: eol } as const] : []),
    ...(typeof eoes === 'string' ? [{ phase: further, day: eoes } as const] : []),
  ];
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
