import type { Readable } from 'node:stream';
import type { Context } from '../platform/context.ts';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { readInput } from '../platform/read-input.ts';

export interface PassphraseOptions {
  readonly passphraseFile?: string;
}

const PASSPHRASE_BYTES_MAX = 4_096;
/** Long enough that a thief of the file guesses for years at half a second a guess. */
export const PASSPHRASE_CHARACTERS_MIN = 12;
const INTERRUPT = '\u0003';
const ERASE = new Set(['\u007f', '\b']);

/** What asking touches of the world. */
type Asked = Pick<Context, 'stdin' | 'environment' | 'note'>;

type Terminal = Readable & { readonly isTTY: true; setRawMode: (raw: boolean) => unknown };

/** From a file, from the environment, or asked for: never from an argument, which everybody on the machine can read. */
export async function askPassphrase(
  what: string,
  { passphraseFile }: PassphraseOptions,
  context: Asked,
): Promise<string> {
  if (passphraseFile !== undefined) return firstLine(await readInput(passphraseFile, PASSPHRASE_BYTES_MAX));
  const given = context.environment['PATCHSTEWARD_PASSPHRASE'];
  if (given !== undefined && given !== '') return given;
  const secret = await askHidden(`passphrase for ${what}`, context);
  if (secret !== null) return secret;
  throw new Failure(`a passphrase is needed for ${what}`, 'give --passphrase-file, or set PATCHSTEWARD_PASSPHRASE', {
    exitCode: EXIT.usage,
  });
}

/** Typed at the terminal and not shown; null where there is none. */
export async function askHidden(what: string, context: Pick<Asked, 'stdin' | 'note'>): Promise<string | null> {
  return isTerminal(context.stdin) ? typed(context.stdin, what, context) : null;
}

function firstLine(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
}

function isTerminal(stream: Readable): stream is Terminal {
  return 'isTTY' in stream && stream.isTTY === true && 'setRawMode' in stream;
}

/** Read key by key, for a terminal shows what it is not told to hide. */
async function typed(terminal: Terminal, what: string, { note }: Pick<Asked, 'note'>): Promise<string> {
  note(`${what} (not shown):`);
  terminal.setRawMode(true);
  let secret = '';
  try {
    // The terminal stays open: a second key may ask after this one.
    for await (const chunk of terminal.iterator({ destroyOnReturn: false })) {
      for (const key of String(chunk)) {
        if (key === '\r' || key === '\n') return secret;
        if (key === INTERRUPT) throw new Failure('interrupted', 'run it again', { exitCode: EXIT.failed });
        secret = ERASE.has(key) ? secret.slice(0, -1) : secret + key;
      }
      if (Buffer.byteLength(secret) > PASSPHRASE_BYTES_MAX) break;
    }
    throw new Failure('nothing was typed', 'run it again');
  } finally {
    terminal.setRawMode(false);
    // A terminal that is read on would keep the process from ending.
    terminal.pause();
  }
}
