import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino';

export type Log = Logger;
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields whose values let somebody in. Nobody should log them; whoever does logs a mark. */
const SECRET_FIELDS = [
  'password',
  'secret',
  'token',
  'tokenSecret',
  'cookie',
  'authorization',
  'databaseUrl',
  'keyPem',
];

export interface LogOptions {
  readonly level: LogLevel;
  readonly destination?: DestinationStream;
  /** Lines for a person at a terminal instead of JSON. */
  readonly human?: boolean;
}

/** JSON lines on standard error: standard output is for what a person asked for. */
export function createLog({ level, destination = pino.destination(2), human = false }: LogOptions): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: stdSerializers.errWithCause },
    redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
  };
  return pino(options, human ? humanLines(destination) : destination);
}

const KNOWN_FIELDS = new Set(['level', 'time', 'msg', 'err']);

function humanLines(destination: DestinationStream): DestinationStream {
  return { write: (line) => destination.write(`${humanLine(line)}\n`) };
}

/** `15:40:00 warn  what happened  key=value`, then the stack of an error. */
function humanLine(line: string): string {
  const entry: unknown = JSON.parse(line);
  if (typeof entry !== 'object' || entry === null) return line;
  const fields = new Map<string, unknown>(Object.entries(entry));
  const words = [
    textOf(fields.get('time') ?? '').slice(11, 19),
    textOf(fields.get('level') ?? '').padEnd(5),
    textOf(fields.get('msg') ?? ''),
    ...[...fields].filter(([name]) => !KNOWN_FIELDS.has(name)).map(([name, value]) => `${name}=${textOf(value)}`),
  ];
  const stack = stackOf(fields.get('err'));
  return stack === undefined ? words.join(' ') : `${words.join(' ')}\n${stack}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function stackOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return undefined;
  return String(error.stack);
}
