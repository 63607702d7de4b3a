import { isDeepStrictEqual } from 'node:util';

/** Whoever does something: a person with a key, or a machine. */
export interface Actor {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** The id of the key that signs for them; null: they sign nothing. */
  readonly key: string | null;
}

export interface Act {
  readonly at: string;
  readonly who: Actor;
  readonly command: string;
  readonly exitCode: number;
  readonly tookMs: number;
}

export interface Check {
  readonly what: string;
  readonly held: boolean;
  readonly expected: unknown;
  readonly seen: unknown;
}

/** What one step was, in the order in which it was done and seen. */
export type Line =
  | ({ readonly kind: 'act' } & Act)
  | ({ readonly kind: 'check' } & Check)
  | { readonly kind: 'seen'; readonly at: string; readonly text: string };

export interface Step {
  readonly number: number;
  readonly room: string;
  readonly title: string;
  readonly at: string;
  tookMs: number;
  readonly lines: Line[];
}

/** A check of the story did not hold: what was expected, and what was seen instead. */
export class CheckFailed extends Error {
  constructor({ what, expected, seen }: Omit<Check, 'held'>) {
    super(`${what}: expected ${shown(expected)}, saw ${shown(seen)}`);
    this.name = 'CheckFailed';
  }
}

/** A list of packages or of checks may be long; the whole of it stands in the file. */
const SHOWN_CHARACTERS_MAX = 600;

/** Who did what, when, and what was seen: written down while it happens, so that a story that breaks off is told as far as it came. */
export class Transcript {
  readonly steps: Step[] = [];
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  async step<T>(room: string, title: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now();
    const step: Step = { number: this.steps.length + 1, room, title, at: timeOf(started), tookMs: 0, lines: [] };
    this.steps.push(step);
    this.#say(`\n${clockOf(step.at)}  ${step.number}. ${title}  [${room}]`);
    try {
      return await work();
    } finally {
      step.tookMs = Date.now() - started;
      this.#say(`          took ${secondsOf(step.tookMs)}`);
    }
  }

  act(act: Omit<Act, 'at'>, startedAt: number): void {
    const { login, roles, key } = act.who;
    const signer = key === null ? '' : `; key ${shortKey(key)}`;
    this.#put({ kind: 'act', at: timeOf(startedAt), ...act });
    const ending = act.exitCode === 0 ? '' : `   (exit ${act.exitCode})`;
    this.#say(`${clockOf(timeOf(startedAt))}  ${login} (${roles.join(', ')}${signer})  ${act.command}${ending}`);
  }

  see(text: string): void {
    this.#put({ kind: 'seen', at: timeOf(Date.now()), text });
    this.#say(`          ${text}`);
  }

  /** Ends the story where the two are not the same. */
  equal(what: string, seen: unknown, expected: unknown): void {
    this.#check({ what, held: isDeepStrictEqual(seen, expected), expected, seen });
  }

  /** Ends the story where it is not so; `seen` is what else there was. */
  holds(what: string, held: boolean, seen: unknown): void {
    this.#check({ what, held, expected: true, seen });
  }

  get checks(): readonly Check[] {
    return this.steps.flatMap(({ lines }) => lines.filter((line) => line.kind === 'check'));
  }

  #check(check: Check): void {
    this.#put({ kind: 'check', ...check });
    this.#say(`          ${check.held ? 'ok    ' : 'FAILED'}  ${check.what}`);
    if (!check.held) throw new CheckFailed(check);
  }

  #put(line: Line): void {
    const step = this.steps.at(-1);
    if (step === undefined) throw new Error('what is told belongs to a step');
    step.lines.push(line);
  }
}

/** `sha256:` says nothing that tells two keys apart. */
function shortKey(key: string): string {
  return key.replace(/^sha256:/, '').slice(0, 12);
}

export function secondsOf(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)} ...` : text;
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}

function clockOf(time: string): string {
  return time.slice('2026-01-01T'.length, '2026-01-01T00:00:00'.length);
}
