import { Readable } from 'node:stream';
import type { LiveMessage } from '@patchsteward/contract';
import { Refusal } from '../http/refusal.ts';
import type { Log } from '../log.ts';
import { condensed } from './change-words.ts';

/** A console holds one while its window is seen: this many windows of one person are side by side on no desk. */
export const STREAMS_PER_PERSON_MAX = 12;
/** Each costs a socket and a look at its session now and then; whoever comes later asks by the minute. */
export const STREAMS_MAX = 1_000;
/** Between two messages on one stream. */
export const BETWEEN_MS_MIN = 1_000;
/** Proxies cut a silent line after a minute, and a session that ended must not be told more for long. */
export const HEARTBEAT_MS = 20_000;
/** Who has not taken this much in has long stopped reading. */
const UNREAD_BYTES_MAX = 64 * 1024;
/** Words that wait for their second; beyond that they are told by their kinds. */
const PENDING_WORDS_MAX = 1_000;
const RETRY_AFTER_SECONDS = 60;

export interface Subscriber {
  /** Streams are counted by person. */
  readonly person: string;
  /** Whether the session of the stream still lets it in. */
  readonly stillAdmitted: () => Promise<boolean>;
}

interface Stream extends Subscriber {
  readonly out: Readable;
  pending: Set<string>;
  lastAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Everybody who hears of changes as they happen. // HTML §9.2 server-sent events */
export class LiveStreams {
  readonly #streams = new Set<Stream>();
  readonly #clock: () => number;
  readonly #log: Log;
  readonly #heart: ReturnType<typeof setInterval>;
  #closed = false;

  constructor(clock: () => number, log: Log) {
    this.#clock = clock;
    this.#log = log;
    this.#heart = setInterval(() => void this.#beat(), HEARTBEAT_MS);
    this.#heart.unref();
  }

  /** The bytes of a new stream. What changed before it began its reader loads by itself. */
  open(subscriber: Subscriber): Readable {
    this.#refuseWhereFull(subscriber.person);
    const out = new Readable({ read: () => undefined });
    const stream: Stream = {
      ...subscriber,
      out,
      pending: new Set(),
      lastAt: Number.NEGATIVE_INFINITY,
      timer: undefined,
    };
    this.#streams.add(stream);
    out.once('close', () => this.#forget(stream));
    // The first bytes at once: a reader behind a proxy learns that the line is open.
    out.push(': open\n\n');
    return out;
  }

  tell(words: readonly string[]): void {
    for (const stream of this.#streams) {
      for (const word of words) stream.pending.add(word);
      if (stream.pending.size > PENDING_WORDS_MAX) stream.pending = new Set(condensed(stream.pending));
      this.#sendSoon(stream);
    }
  }

  /** Ends every stream; their readers come back to whoever answers next. */
  close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#heart);
    for (const stream of [...this.#streams]) this.#end(stream);
    return Promise.resolve();
  }

  #refuseWhereFull(person: string): void {
    if (this.#closed) throw new Refusal('shutting-down', 'The server is stopping.');
    const own = [...this.#streams].filter((stream) => stream.person === person).length;
    if (own < STREAMS_PER_PERSON_MAX && this.#streams.size < STREAMS_MAX) return;
    const whose = own < STREAMS_PER_PERSON_MAX ? 'This server has' : 'You have';
    throw new Refusal('too-many-streams', `${whose} as many open streams of events as there may be.`, {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }

  #sendSoon(stream: Stream): void {
    if (stream.timer !== undefined || stream.pending.size === 0) return;
    const waitMs = Math.max(0, stream.lastAt + BETWEEN_MS_MIN - this.#clock());
    stream.timer = setTimeout(() => this.#send(stream), waitMs);
  }

  #send(stream: Stream): void {
    stream.timer = undefined;
    const message: LiveMessage = { changed: [...condensed(stream.pending)] };
    stream.pending.clear();
    stream.lastAt = this.#clock();
    this.#write(stream, `data: ${JSON.stringify(message)}\n\n`);
  }

  #write(stream: Stream, text: string): void {
    if (stream.out.readableLength > UNREAD_BYTES_MAX) this.#end(stream);
    else stream.out.push(text);
  }

  async #beat(): Promise<void> {
    for (const stream of [...this.#streams]) {
      const admitted = await stream.stillAdmitted().catch((error: unknown) => {
        // The database is gone: whoever was in stays in until somebody can say otherwise.
        this.#log.debug({ err: error }, 'nobody can say whether a session goes on');
        return true;
      });
      if (!this.#streams.has(stream)) continue;
      if (admitted) {
        this.#write(stream, ': \n\n');
        continue;
      }
      this.#write(stream, 'event: signed-out\ndata: {}\n\n');
      this.#end(stream);
    }
  }

  #end(stream: Stream): void {
    this.#forget(stream);
    stream.out.push(null);
  }

  #forget(stream: Stream): void {
    clearTimeout(stream.timer);
    stream.timer = undefined;
    this.#streams.delete(stream);
  }
}
