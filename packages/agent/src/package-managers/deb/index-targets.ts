import type { OriginId } from '@patchsteward/core/vocabulary';
import { paragraphsOf } from './deb822.ts';

/** A package index that apt holds a copy of. */
export interface IndexTarget {
  /** How apt names it in other answers. */
  readonly description: string;
  readonly origin: OriginId;
  /** Path of the copy. */
  readonly filename: string;
  /** Where in the repository the index lies, below its Release file. */
  readonly metaKey: string;
  readonly publisher: string | null;
  readonly label: string | null;
  readonly suite: string | null;
  readonly codename: string | null;
}

const FIELDS: ReadonlySet<string> = new Set([
  'created-by',
  'description',
  'site',
  'release',
  'component',
  'filename',
  'metakey',
  'origin',
  'label',
  'suite',
  'codename',
]);

/** Reads the answer of `apt-get indextargets`, package indexes only. // apt acquire-additional-files.md */
export function parseIndexTargets(text: string): IndexTarget[] {
  const targets: IndexTarget[] = [];
  for (const { fields } of paragraphsOf(text, FIELDS)) {
    if (fields.get('created-by') !== 'Packages') continue;
    const word = (name: string): string | null => fields.get(name) || null;
    targets.push({
      description: fields.get('description') ?? '',
      origin: originId(fields.get('site') ?? '', fields.get('release') ?? '', word('component')),
      filename: fields.get('filename') ?? '',
      metaKey: fields.get('metakey') ?? '',
      publisher: word('origin'),
      label: word('label'),
      suite: word('suite'),
      codename: word('codename'),
    });
  }
  return targets;
}

/** Scheme (`https://`, `file:`, `mirror+http://`) and credentials say how one host gets there, not where. */
export function originId(site: string, release: string, component: string | null): OriginId {
  const place = site
    .replace(/^[a-z][a-z0-9+.-]*:(?:\/\/)?/i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/(?<=.)\/+$/, '');
  return `${place} ${component === null ? release : `${release}/${component}`}`;
}

/** `SITE SUITE/COMPONENT ARCHITECTURE Packages`, and of flat repositories `SITE PATH/ Packages`. */
const SOURCE_DESCRIPTIONS = [/^(\S.*) (\S+\/[^\s/]+) \S+ Packages$/, /^(\S.*) (\S+) Packages$/];

/**
 * The origin of a source that `apt-cache policy` names. Normally one of the targets; an index without a target of its
 * own (a CD, a list of an older apt) is read from its words.
 */
export function originOfSource(source: string, targets: ReadonlyMap<string, IndexTarget>): OriginId {
  const target = targets.get(source);
  if (target !== undefined) return target.origin;
  for (const description of SOURCE_DESCRIPTIONS) {
    const [, site, place] = description.exec(source) ?? [];
    if (site !== undefined && place !== undefined) return originId(site, place, null);
  }
  return originId(source, '', null).trim();
}
