import { AFTERWARDS, type Afterwards, type UpdateRecord } from './update-record.ts';

type Attributes = Readonly<Record<string, string>>;

/** What is being read of one update, until its element ends. */
export interface Draft {
  type: string;
  readonly texts: Map<string, string>;
  readonly dates: Map<string, string>;
  readonly references: { id: string; title: string; href: string }[];
  readonly collections: DraftCollection[];
}

interface DraftCollection {
  name: string;
  module: string | null;
  readonly packages: { name: string; version: string; architecture: string; afterwards: Afterwards[] }[];
}

export function newDraft({ type = '' }: Attributes): Draft {
  return { type, texts: new Map(), dates: new Map(), references: [], collections: [] };
}

/** Takes up what the attributes of an element say. */
export function takeElement(draft: Draft, name: string, attributes: Attributes): void {
  switch (name) {
    case 'issued':
    case 'updated':
      draft.dates.set(name, attributes['date'] ?? '');
      break;
    case 'reference': {
      const { id = '', title = '', href = '' } = attributes;
      draft.references.push({ id, title, href });
      break;
    }
    case 'collection':
      draft.collections.push({ name: attributes['short'] ?? '', module: null, packages: [] });
      break;
    case 'module':
      takeModule(draft, attributes);
      break;
    case 'package':
      takePackage(draft, attributes);
      break;
    default:
  }
}

function takeModule(draft: Draft, { name, stream }: Attributes): void {
  const collection = draft.collections.at(-1);
  if (collection !== undefined && name !== undefined && stream !== undefined) collection.module = `${name}:${stream}`;
}

function takePackage(draft: Draft, attributes: Attributes): void {
  const { name = '', version = '', release = '', epoch = '', arch = '' } = attributes;
  // Some write no epoch, some an empty one, some the word of the language they were written in.
  const number = /^\d+$/.test(epoch) ? epoch : '0';
  draft.collections
    .at(-1)
    ?.packages.push({ name, version: `${number}:${version}-${release}`, architecture: arch, afterwards: [] });
}

/** Takes up the text of an element that ends, inside which element it stands. */
export function takeText(draft: Draft, name: string, inside: string, text: string): void {
  const advised = AFTERWARDS.find((what) => name === `${what}_suggested`);
  // An empty element says yes as well; only a word can say no.
  if (advised !== undefined && !/^(?:false|0|no)$/i.test(text)) {
    draft.collections.at(-1)?.packages.at(-1)?.afterwards.push(advised);
  }
  if (inside === 'update') draft.texts.set(name, text);
  const collection = draft.collections.at(-1);
  if (inside === 'collection' && name === 'name' && collection !== undefined) collection.name += ` ${text}`;
}

export function recordOf({ type, texts, dates, references, collections }: Draft): UpdateRecord {
  return {
    id: texts.get('id') ?? '',
    type,
    title: texts.get('title') ?? '',
    severity: texts.get('severity') ?? '',
    issued: dates.get('issued') ?? null,
    updated: dates.get('updated') ?? null,
    references,
    collections,
  };
}
