import { PassThrough, Readable, Writable } from 'node:stream';
import { main } from '../../main.ts';
import type { Loaders } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Environment, OutputStream } from '../streams.ts';

/** A stream that keeps what it is given; with columns it plays a terminal. */
export class CapturedStream extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number | undefined;

  constructor(columns?: number) {
    super({ decodeStrings: false });
    this.isTTY = columns !== undefined;
    this.columns = columns;
  }

  override _write(chunk: string | Buffer, _: BufferEncoding, done: (error?: Error) => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Streams that fail every write with one code of the operating system. */
export class FailingStream extends Writable {
  private readonly code: string;

  constructor(code: string) {
    super();
    this.code = code;
  }

  override _write(_: unknown, __: BufferEncoding, done: (error?: Error) => void): void {
    done(Object.assign(new Error(`write ${this.code}`), { code: this.code }));
  }
}

interface Surroundings {
  readonly stdin?: string | readonly (string | Uint8Array)[];
  readonly stdout?: OutputStream;
  readonly columns?: number;
  readonly environment?: Environment;
  readonly loaders?: Loaders;
  readonly tellParent?: (message: object) => void;
}

interface Ending {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

const nothingToLoad: Loaders = {
  loadServe: () => Promise.reject(new Error('this test loads no server')),
  loadAgent: () => Promise.reject(new Error('this test loads no agent')),
};

/** Calls the command line as bin/ does, with streams of its own. */
export async function run(argv: readonly string[], surroundings: Surroundings = {}): Promise<Ending> {
  const stdout = new CapturedStream(surroundings.columns);
  const stderr = new CapturedStream(surroundings.columns);
  const code = await main(argv, surroundings.loaders ?? nothingToLoad, {
    stdin: inputOf(surroundings.stdin ?? ''),
    stdout: surroundings.stdout ?? stdout,
    stderr,
    environment: surroundings.environment ?? {},
    tellParent: surroundings.tellParent,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** A pipe that delivers the given chunks one by one. */
export function inputOf(input: string | readonly (string | Uint8Array)[]): Readable {
  const chunks = typeof input === 'string' ? [input] : input;
  return Readable.from(
    chunks.map((chunk) => Buffer.from(chunk)),
    { objectMode: false },
  ).pipe(new PassThrough());
}
