import type { Readable, Writable } from 'node:stream';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A terminal is also a stream; a file or a pipe has no columns. */
export type OutputStream = Writable & { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };

/** What a process gives a command. Tests give their own. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Environment;
  /** The channel to the process that started this one, where it opened one. */
  readonly tellParent?: ((message: object) => void) | undefined;
}

/** Narrower than this a table cannot be read; such a terminal gets lines that wrap. */
const TERMINAL_COLUMNS_MIN = 40;

/** The width to keep to; null where nobody looks at it or the terminal does not say. */
export function terminalColumns(stream: OutputStream): number | null {
  if (stream.isTTY !== true || stream.columns === undefined || stream.columns === 0) return null;
  return Math.max(TERMINAL_COLUMNS_MIN, stream.columns);
}

/** Colors are for terminals, unless the person said no. // no-color.org */
export function hasColors(stream: OutputStream, environment: Environment): boolean {
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return stream.isTTY === true && !refused;
}
