import { join } from 'node:path';
import type { Hub } from '../hub/hub.ts';
import type { Ending } from '../machine/command.ts';
import { type Actor, shown, type Transcript } from './transcript.ts';

const PATCHSTEWARD = join(import.meta.dirname, '../../packages/cli/bin/patchsteward.mjs');
/** The slowest that a person does is to verify a record; a probe reads a whole repository. */
const COMMAND_MS_MAX = 120_000;

export interface Seat {
  readonly hub: Hub;
  readonly transcript: Transcript;
  readonly actor: Actor;
  /** What makes them who they are: token, key, passphrase. */
  readonly env: Readonly<Record<string, string>>;
  /** Added to every command that signs. */
  readonly signing: readonly string[];
}

export interface Wanted {
  /** The exit code that is right here; 0 where nothing is said. Several where each is. */
  readonly exit?: number | readonly number[];
}

/** A command of a person ended otherwise than the story has it. */
export class CommandFailed extends Error {
  readonly ending: Ending;

  constructor(command: string, ending: Ending) {
    super(`${command} ended with ${ending.exitCode}: ${shown(`${ending.stderr}\n${ending.stdout}`.trim())}`);
    this.name = 'CommandFailed';
    this.ending = ending;
  }
}

/** A person at a terminal: everything that they do goes through the command line that everybody has. */
export class Hand {
  readonly #seat: Seat;

  constructor(seat: Seat) {
    this.#seat = seat;
  }

  get actor(): Actor {
    return this.#seat.actor;
  }

  /** Does it, and tells what came of it. */
  async does(argv: readonly string[], wanted: Wanted = {}): Promise<Ending> {
    const { transcript, actor } = this.#seat;
    const started = Date.now();
    const ending = await this.tries(argv);
    transcript.act(
      { who: actor, command: commandOf(argv), exitCode: ending.exitCode, tookMs: Date.now() - started },
      started,
    );
    return expected(argv, ending, wanted);
  }

  /** The same where the answer is read by the story. */
  async asks<T>(argv: readonly string[], wanted: Wanted = {}): Promise<T> {
    const { stdout } = await this.does([...argv, '--json'], wanted);
    return JSON.parse(stdout);
  }

  /** Asks again and again while waiting; not told each time. */
  async looks<T>(argv: readonly string[], wanted: Wanted = {}): Promise<T> {
    const ending = expected(argv, await this.tries([...argv, '--json']), wanted);
    return JSON.parse(ending.stdout);
  }

  /** Signs as scripted people do, who looked before. */
  signs<T>(argv: readonly string[], wanted: Wanted = {}): Promise<T> {
    return this.asks([...argv, ...this.#seat.signing, '--yes'], wanted);
  }

  tries(argv: readonly string[]): Promise<Ending> {
    const { hub, env } = this.#seat;
    return hub.exec([process.execPath, PATCHSTEWARD, ...argv], { env, timeoutMs: COMMAND_MS_MAX });
  }
}

function expected(argv: readonly string[], ending: Ending, { exit = 0 }: Wanted): Ending {
  const right = typeof exit === 'number' ? [exit] : exit;
  if (!right.includes(ending.exitCode)) throw new CommandFailed(commandOf(argv), ending);
  return ending;
}

/** As a person would type it. */
export function commandOf(argv: readonly string[]): string {
  const words = argv.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
  );
  return ['patchsteward', ...words].join(' ');
}
