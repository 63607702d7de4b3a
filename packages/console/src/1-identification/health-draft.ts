import type { HealthProfileBody } from '@patchsteward/contract';

type Checks = HealthProfileBody['wanted'];
export type CheckKind = keyof Checks;
export const CHECK_KINDS = ['units', 'ports', 'urls', 'files'] as const satisfies readonly CheckKind[];

/** What a person typed: one thing a line. */
export type ChecksDraft = Readonly<Record<CheckKind, string>>;

export interface HealthDraft {
  readonly required: ChecksDraft;
  readonly wanted: ChecksDraft;
  /** Empty: errors are not counted. */
  readonly errors: string;
  readonly watchSeconds: string;
}

const PORT_MAX = 65_535;
const ERROR_LINES_MAX = 10_000;
const WATCH_SECONDS_MAX = 3_600;
const SECOND_MS = 1_000;

export function healthDraftOf(profile: HealthProfileBody): HealthDraft {
  const { errorLinesMax, wanted, watchMs } = profile;
  return {
    required: checksDraftOf(profile),
    wanted: checksDraftOf(wanted),
    errors: errorLinesMax === null ? '' : String(errorLinesMax),
    watchSeconds: String(watchMs / SECOND_MS),
  };
}

function checksDraftOf({ units, ports, urls, files }: Checks): ChecksDraft {
  return { units: units.join('\n'), ports: ports.join('\n'), urls: urls.join('\n'), files: files.join('\n') };
}

export type HealthProblem = 'ports' | 'errors' | 'watch';

/** The profile as the server takes it, or what cannot be read as a number. What units and paths are the server says. */
export function healthRequest(draft: HealthDraft, version: number): HealthProfileBody | HealthProblem {
  const [ports, wantedPorts] = [portsOf(draft.required.ports), portsOf(draft.wanted.ports)];
  if (ports === null || wantedPorts === null) return 'ports';
  const errorLinesMax = draft.errors.trim() === '' ? null : numberOf(draft.errors, ERROR_LINES_MAX);
  if (Number.isNaN(errorLinesMax)) return 'errors';
  const seconds = numberOf(draft.watchSeconds, WATCH_SECONDS_MAX);
  if (Number.isNaN(seconds)) return 'watch';
  return {
    ...{ ...textsOf(draft.required), ports, errorLinesMax },
    wanted: { ...textsOf(draft.wanted), ports: wantedPorts },
    ...{ watchMs: seconds * SECOND_MS, version },
  };
}

function textsOf({ units, urls, files }: ChecksDraft) {
  return { units: linesOf(units), urls: linesOf(urls), files: linesOf(files) };
}

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}

/** null: one of them is no port. */
function portsOf(text: string): number[] | null {
  const ports = linesOf(text).map((line) => numberOf(line, PORT_MAX));
  return ports.every((port) => port >= 1) ? ports : null;
}

/** A whole number from 0 on; NaN: it is none. */
function numberOf(text: string, max: number): number {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value <= max ? value : Number.NaN;
}
