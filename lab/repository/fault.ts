/** How the repository fails, until it is told otherwise. */
const FAULT_MODES = ['not-found', 'server-error', 'truncated', 'corrupt', 'hang', 'slow'] as const;
export type FaultMode = (typeof FAULT_MODES)[number];

export interface Fault {
  /** The source of a regular expression that a path must match, such as `\.deb$`. */
  readonly match: string;
  readonly mode: FaultMode;
  /** Only of a slow one. */
  readonly bytesPerSecond?: number;
}

export const BYTES_PER_SECOND_DEFAULT = 64 * 1024;

/** The first that matches decides. */
export function faultOf(faults: readonly Fault[], path: string): Fault | null {
  return faults.find(({ match }) => new RegExp(match).test(path)) ?? null;
}

/** Throws where the value is no list of faults that can be acted on. */
export function parseFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) throw new TypeError('faults are a list');
  return value.map(parseFault);
}

function parseFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null) throw new TypeError('a fault is an object');
  if (!('match' in value) || typeof value.match !== 'string') throw new TypeError('a fault says what it matches');
  new RegExp(value.match);
  const mode = FAULT_MODES.find((one) => 'mode' in value && value.mode === one);
  if (mode === undefined) throw new TypeError(`a fault has one of the modes ${FAULT_MODES.join(', ')}`);
  if (!('bytesPerSecond' in value)) return { match: value.match, mode };
  const { bytesPerSecond } = value;
  if (typeof bytesPerSecond !== 'number' || !(bytesPerSecond > 0)) throw new TypeError('a speed is above 0');
  return { match: value.match, mode, bytesPerSecond };
}
