import { type Apt, AptError } from './apt.ts';

/**
 * Which of the given packages apt would upgrade, were they not phased and this machine not yet in their phase. Whether
 * it is depends on machine id, settings, security pockets and containers; so the question is apt's to answer: plan the
 * upgrade as configured, and again with all phases open. Only what the second adds is held back by its phase.
 */
export async function phasedAway(apt: Apt, phased: readonly string[], native: string): Promise<ReadonlySet<string>> {
  if (phased.length === 0) return new Set();
  const now = await plan(apt, [], native);
  const left = phased.filter((name) => now?.has(name) === false);
  if (left.length === 0) return new Set();
  const later = await plan(apt, ['-o', 'APT::Get::Always-Include-Phased-Updates=true'], native);
  return new Set(left.filter((name) => later?.has(name) === true));
}

/** Without the two permissions apt refuses to plan over pins and holds; nothing is fetched or changed by printing. */
const PLAN = [
  '--print-uris',
  '--quiet=2',
  '--ignore-hold',
  '--allow-change-held-packages',
  '--allow-downgrades',
  '-o',
  'Debug::NoLocking=true',
];

/**
 * The packages that an upgrade would fetch; null where apt can plan none, because packages are broken. To print what it
 * would fetch takes apt a third of the time of a simulation, and gives one file a line. Holds are the administrator's
 * word and no phase: they are left out of the question.
 */
async function plan(apt: Apt, options: readonly string[], native: string): Promise<ReadonlySet<string> | null> {
  try {
    return fetchedBy(await apt.ask('apt-get', [...PLAN, ...options, 'dist-upgrade']), native);
  } catch (error) {
    // Nothing is hidden then: an update counts as open to this machine until apt says that it is not.
    if (error instanceof AptError) return null;
    throw error;
  }
}

/** `'http://…' NAME_VERSION_ARCHITECTURE.deb SIZE HASH`; within the parts, `_` and `:` are written as %xx. */
const FILE_LINE = /^'.*' ([^_\s]+)_[^_\s]+_([^_\s]+)\.\w+ \d+ \S*$/gm;

/** The names, as apt calls the packages, of the files that it would fetch. */
export function fetchedBy(answer: string, native: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, name, architecture] of answer.matchAll(FILE_LINE)) {
    if (name === undefined || architecture === undefined) continue;
    names.add(architecture === native || architecture === 'all' ? name : `${name}:${architecture}`);
  }
  return names;
}
