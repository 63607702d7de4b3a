/** What is installed, by name; by host. */
type Versions = Readonly<Record<string, string>>;
export type FleetVersions = Readonly<Record<string, Versions>>;

export interface PackageMove {
  readonly host: string;
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What is another version now, new, or gone; by host and name. */
export function movesBetween(before: FleetVersions, after: FleetVersions): PackageMove[] {
  const hosts = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return hosts.flatMap((host) => movesOf(host, before[host] ?? {}, after[host] ?? {}));
}

function movesOf(host: string, before: Versions, after: Versions): PackageMove[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ host, name, from: before[name] ?? null, to: after[name] ?? null }));
}

/** When a host worked on packages, by its own log; null: it did not. */
export interface WorkSpan {
  readonly from: string;
  readonly until: string;
}

const WORK_LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:startup|upgrade|install|configure|status|remove|trigproc|conffile) /;

/** From the first to the last line of dpkg's log that was written after a moment (in the same words, local time). */
export function workSpan(dpkgLog: string, after: string): WorkSpan | null {
  const times = dpkgLog
    .split('\n')
    .flatMap((line) => WORK_LINE.exec(line)?.[1] ?? [])
    .filter((time) => time > after);
  const [from] = times;
  const until = times.at(-1);
  return from === undefined || until === undefined ? null : { from, until };
}

/** Whether two hosts were at it in one and the same second. */
export function overlap(a: WorkSpan, b: WorkSpan): boolean {
  return a.from <= b.until && b.from <= a.until;
}
