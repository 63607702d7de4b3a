import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hash } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { type Host, hostPath } from '../../host/host.ts';
import { errorCode } from '../../platform/files.ts';
import { Problem } from '../../platform/problem.ts';

/** Everything that dpkg's and apt's answers are made of; folders with all they contain. */
const INPUTS = [
  '/var/lib/dpkg/status',
  '/var/lib/dpkg/updates',
  '/var/lib/dpkg/arch',
  '/var/lib/apt/lists',
  '/etc/apt',
  '/etc/os-release',
  '/usr/lib/os-release',
  // Phases are drawn by machine.
  '/etc/machine-id',
];
/** Downloads under way and locks change without changing an answer. */
const PASSING = new Set(['partial', 'lock']);
/** A host has dozens; so many mean that something else lies there, and reading all of it again would be the harm. */
const ENTRIES_MAX = 20_000;

class TooManyInputsError extends Problem {
  constructor(path: string, entriesMax: number) {
    super('too-many-inputs', `${path} is one of more than ${entriesMax} files`, 'remove what does not belong to apt');
  }
}

/** A mark that stays while, and only while, no input was replaced, written to or touched: nothing is read. */
export async function stampOf(host: Host, entriesMax: number = ENTRIES_MAX): Promise<Hash> {
  const lines: string[] = [];
  for (const input of INPUTS) await mark(hostPath(host, input), lines, entriesMax);
  return sha256(lines.join('\n'));
}

async function mark(path: string, lines: string[], entriesMax: number): Promise<void> {
  if (lines.length > entriesMax) throw new TooManyInputsError(path, entriesMax);
  try {
    // Follows links: a list of a `file:` repository is a link to an index that changes elsewhere.
    const status = await stat(path, { bigint: true });
    lines.push(`${path} ${status.ino} ${status.size} ${status.mtimeNs} ${status.ctimeNs}`);
    if (!status.isDirectory()) return;
    for (const name of (await readdir(path)).sort()) {
      if (!PASSING.has(name)) await mark(join(path, name), lines, entriesMax);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    // Not there, or not for this user to see: that too is part of the mark.
    lines.push(`${path} ${code}`);
  }
}
