import type { AssetMoment } from '@patchsteward/contract';

/** Enough to tell one entry from another; the whole of it is in the record. */
const TEXT_CHARACTERS_MAX = 160;

/** The plain values of an entry in one line: what was changed, how far a work order is. */
export function momentText({ payload }: Pick<AssetMoment, 'payload'>): string {
  const text = plainValues(eventOf(payload)).join(', ');
  return text.length <= TEXT_CHARACTERS_MAX ? text : `${text.slice(0, TEXT_CHARACTERS_MAX)} …`;
}

/** An entry of a work order carries its event within; every other entry speaks for itself. */
function eventOf(payload: AssetMoment['payload']): unknown {
  const { recorded } = payload;
  return isRecord(recorded) ? recorded['event'] : payload;
}

/** Names with their values, the names of what they stand in before them; hashes and ids say nothing to a reader. */
function plainValues(value: unknown, name = ''): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) {
    const plain = value.filter((one) => !isRecord(one)).map(String);
    return plain.length === 0 || name === '' ? [] : [`${name} ${plain.join(' ')}`];
  }
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([field, one]) => (HIDDEN.has(field) ? [] : plainValues(one, field)));
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^sha256:|^[0-9a-f]{8}-[0-9a-f]{4}-/.test(text) ? [] : [`${name} ${text}`.trim()];
}

/** Told by the line already, or of use to nobody but a machine. */
const HIDDEN: ReadonlySet<string> = new Set(['kind', 'assetId', 'version', 'epoch', 'sequence', 'groups', 'evidence']);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
