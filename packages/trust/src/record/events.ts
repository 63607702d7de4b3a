import { canonicalJson } from '../canonical-json.ts';
import { sha256 } from '../hash.ts';
import { type Found, found, NOTHING_FOUND } from './fault.ts';
import type { EntryLine, RowLine } from './line.ts';

interface RecordedEvent {
  readonly index: number;
  readonly hash: string;
}

/** Every event in the database is one entry of the record and the other way round. // invariant S12 */
export class EventReplay {
  readonly #events = new Map<string, RecordedEvent>();
  readonly #streams = new Map<string, number>();

  get campaigns(): number {
    return [...this.#streams.keys()].filter((stream) => !stream.includes(':')).length;
  }

  entry(entry: EntryLine): void {
    const event = eventIn(entry.payload);
    if (event === null) return;
    this.#streams.set(event.stream, event.version);
    const { at, actor, kind, subject } = entry;
    const hash = hashOf({ ...event, campaign: subject, at, actor, kind });
    this.#events.set(entry.id, { index: entry.index, hash });
  }

  row({ row }: RowLine): readonly Found[] {
    const where = `campaign.event ${String(row['stream'])} ${String(row['version'])}`;
    const leaf = String(row['leaf']);
    const recorded = this.#events.get(leaf);
    if (recorded === undefined) {
      return found('row-unknown', where, 'The record has no entry for this event, or it stands here twice.');
    }
    this.#events.delete(leaf);
    const told = (column: string): unknown => row[column] ?? null;
    const hash = hashOf({
      stream: told('stream'),
      version: told('version'),
      campaign: told('campaign'),
      at: instantText(told('at')),
      actor: told('actor'),
      kind: told('kind'),
      recorded: told('body'),
    });
    if (hash === recorded.hash) return NOTHING_FOUND;
    return found('row-changed', where, `It does not say what entry ${recorded.index} of the record says.`);
  }

  end(): readonly Found[] {
    return [...this.#events.values()].map(({ index }) => ({
      code: 'row-missing' as const,
      where: `entry ${index}`,
      text: 'The event of this entry is gone from the database.',
    }));
  }
}

interface EventPayload {
  readonly stream: string;
  readonly version: number;
  readonly recorded: unknown;
}

function eventIn(payload: unknown): EventPayload | null {
  if (typeof payload !== 'object' || payload === null) return null;
  if (!('stream' in payload && 'version' in payload && 'recorded' in payload)) return null;
  const { stream, version, recorded } = payload;
  if (typeof stream !== 'string' || typeof version !== 'number') return null;
  return { stream, version, recorded };
}

function hashOf(event: Readonly<Record<string, unknown>>): string {
  return sha256(canonicalJson(event));
}

/** An instant of the database in the words of the record; what is no instant stays, and then differs. */
function instantText(value: unknown): unknown {
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? value : new Date(instant).toISOString();
}
