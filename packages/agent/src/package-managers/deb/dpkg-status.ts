import type { InstalledPackage, PackageState } from '@patchsteward/core/vocabulary';
import { Problem } from '../../platform/problem.ts';
import { compareText } from '../../platform/text.ts';
import { Deb822Error, type Paragraph, paragraphsOf } from './deb822.ts';
import { sourceOf } from './source-field.ts';

/** The text is not a dpkg status database. The message names the line and what is wrong there. */
export class DpkgStatusError extends Problem {
  readonly line: number;

  constructor(line: number, problem: string, cause?: unknown) {
    super(
      'dpkg-status-unreadable',
      `not a dpkg status database: line ${line}: ${problem}`,
      'use a whole, unpacked copy of /var/lib/dpkg/status; if it is the original, see what "dpkg --audit" says',
      cause,
    );
    this.line = line;
  }
}

const FIELDS: ReadonlySet<string> = new Set(['package', 'version', 'architecture', 'status', 'source']);

/** The words of dpkg's states, and what they mean here; null: nothing of the package is on the disk. // dpkg(1) */
const STATES: ReadonlyMap<string, PackageState | null> = new Map([
  ['not-installed', null],
  ['config-files', null],
  ['half-installed', 'broken'],
  ['unpacked', 'broken'],
  ['half-configured', 'broken'],
  ['triggers-awaited', 'broken'],
  ['triggers-pending', 'broken'],
  ['installed', 'installed'],
]);
const SELECTIONS: ReadonlySet<string> = new Set(['unknown', 'install', 'hold', 'deinstall', 'purge']);
const FLAGS: ReadonlySet<string> = new Set(['ok', 'reinstreq']);

/**
 * What dpkg has installed, from the text of its status database, sorted by name, architecture and version. `journal`
 * holds the records that dpkg wrote since (/var/lib/dpkg/updates, in order): after a power cut they are newer than the
 * database. Origins are not dpkg's to know. // SOP P1.2
 */
export function parseDpkgStatus(text: string, journal: readonly string[] = []): InstalledPackage[] {
  const packages = new Map<string, InstalledPackage>();
  for (const { identity, found, line } of recordsIn(text)) {
    if (packages.has(identity)) throw new DpkgStatusError(line, `${identity} is listed twice`);
    if (found !== null) packages.set(identity, found);
  }
  for (const { identity, found } of journal.flatMap(recordsIn)) {
    if (found === null) packages.delete(identity);
    else packages.set(identity, found);
  }
  return [...packages.values()].sort(byIdentity);
}

interface StatusRecord {
  readonly identity: string;
  /** Null: nothing of the package is on the disk. */
  readonly found: InstalledPackage | null;
  readonly line: number;
}

function recordsIn(text: string): StatusRecord[] {
  // dpkg ends its last line like every other; a text that stops inside one was cut off.
  if (!text.endsWith('\n')) throw new DpkgStatusError(text.split('\n').length, 'the text ends within a line');
  try {
    const records = [...paragraphsOf(text, FIELDS)].map(({ fields, line }) => recordOf(fields, line));
    // Even the smallest system has dpkg itself: an empty list would look like a host with nothing to patch.
    if (records.length === 0) throw new DpkgStatusError(1, 'there is no package in it');
    return records;
  } catch (error) {
    if (error instanceof Deb822Error) throw new DpkgStatusError(error.line, error.problem, error);
    throw error;
  }
}

function recordOf(fields: Paragraph, line: number): StatusRecord {
  const name = fieldOf(fields, 'package', line);
  const [selection, state] = statusOf(fieldOf(fields, 'status', line), name, line);
  // What was never installed, or is gone, may lack the rest.
  if (state === null) return { identity: `${name}:${fields.get('architecture') ?? ''}`, found: null, line };
  const version = fieldOf(fields, 'version', line);
  const architecture = fieldOf(fields, 'architecture', line);

  const found: InstalledPackage = {
    name,
    version,
    architecture,
    ...sourceOf(fields.get('source'), name, version),
    state,
    hold: selection === 'hold',
    origins: null,
  };
  return { identity: `${name}:${architecture}`, found, line };
}

function statusOf(status: string, name: string, line: number): [selection: string, state: PackageState | null] {
  const [selection = '', flag = '', word = '', ...more] = status.split(/\s+/);
  const state = STATES.get(word);
  if (state === undefined || !SELECTIONS.has(selection) || !FLAGS.has(flag) || more.length > 0) {
    throw new DpkgStatusError(line, `${name} has the unknown status "${status}"`);
  }
  // dpkg itself says that it must be installed again: whatever the state, it is not whole.
  return [selection, state !== null && flag === 'reinstreq' ? 'broken' : state];
}

function fieldOf(fields: Paragraph, name: string, line: number): string {
  const value = fields.get(name);
  if (value === undefined || value === '') throw new DpkgStatusError(line, `the paragraph has no field ${name}`);
  return value;
}

function byIdentity(a: InstalledPackage, b: InstalledPackage): number {
  return (
    compareText(a.name, b.name) || compareText(a.architecture, b.architecture) || compareText(a.version, b.version)
  );
}
