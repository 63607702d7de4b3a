/** A version of a package that apt knows, with the sources that list exactly it. */
export interface PolicyVersion {
  readonly version: string;
  /** As apt describes them: `http://deb.debian.org/debian bookworm/main amd64 Packages`; dpkg's own list left out. */
  readonly sources: readonly string[];
  /** Its own, or what a pin of the package gives it. */
  readonly priority: number;
  /** Of everything that lists it, dpkg's own list too. */
  readonly sourcePriorities: readonly number[];
  /** Below 100 the version is offered in phases. */
  readonly phasedPercent: number;
  readonly installed: boolean;
}

/** What `apt-cache policy` says of one package. */
export interface Policy {
  readonly installed: string | null;
  readonly candidate: string | null;
  readonly versions: readonly PolicyVersion[];
}

const NAME_LINE = /^(\S+):$/;
const INSTALLED_LINE = /^ {2}Installed: (\S+)$/;
const CANDIDATE_LINE = /^ {2}Candidate: (\S+)$/;
const VERSION_LINE = /^( \*\*\*| {4}) (\S+) (-?\d+)(?: \(phased (\d+)%\))?$/;
const SOURCE_LINE = /^ {5,}(-?\d+) (\S.*)$/;

/**
 * Reads the answer of `apt-cache policy NAME…`. The key is the name as apt shows it: bare for the native architecture
 * and for `all`, `name:architecture` for a foreign one.
 */
export function parsePolicies(text: string): Map<string, Policy> {
  const policies = new Map<string, Draft>();
  let draft: Draft | null = null;
  for (const line of text.split('\n')) {
    const name = NAME_LINE.exec(line)?.[1];
    if (name === undefined) {
      if (draft !== null) readLine(draft, line);
      continue;
    }
    draft = { installed: null, candidate: null, versions: [] };
    policies.set(name, draft);
  }
  return policies;
}

interface DraftVersion extends PolicyVersion {
  readonly sources: string[];
  readonly sourcePriorities: number[];
}

interface Draft {
  installed: string | null;
  candidate: string | null;
  readonly versions: DraftVersion[];
}

function readLine(draft: Draft, line: string): void {
  const version = VERSION_LINE.exec(line);
  if (version?.[2] !== undefined) {
    draft.versions.push({
      version: version[2],
      sources: [],
      priority: Number(version[3]),
      sourcePriorities: [],
      phasedPercent: Number(version[4] ?? 100),
      installed: version[1] === ' ***',
    });
    return;
  }
  const [, priority, source] = SOURCE_LINE.exec(line) ?? [];
  if (source !== undefined) {
    draft.versions.at(-1)?.sourcePriorities.push(Number(priority));
    // dpkg's status file is named by its path; every index by the address of its repository.
    if (!source.startsWith('/')) draft.versions.at(-1)?.sources.push(source);
    return;
  }
  draft.installed = versionOrNone(INSTALLED_LINE.exec(line)?.[1]) ?? draft.installed;
  draft.candidate = versionOrNone(CANDIDATE_LINE.exec(line)?.[1]) ?? draft.candidate;
}

function versionOrNone(word: string | undefined): string | null {
  return word === undefined || word === '(none)' ? null : word;
}
