import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hash } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { type Host, hostPath } from '../host/host.ts';
import { errorCode } from '../platform/files.ts';
import { Problem } from '../platform/problem.ts';

/** What the answers of a package manager are made of. */
export interface StampInputs {
  /** Files, and folders with all they contain. */
  readonly paths: readonly string[];
  /** Locks and downloads under way change without changing an answer. */
  readonly isPassing: (name: string) => boolean;
}

/** A host has dozens; so many mean that something else lies there, and reading all of it again would be the harm. */
const ENTRIES_MAX = 20_000;

class TooManyInputsError extends Problem {
  constructor(path: string, entriesMax: number) {
    super(
      'too-many-inputs',
      `${path} is one of more than ${entriesMax} files`,
      'remove what does not belong to the package manager',
    );
  }
}

/** A mark that stays while, and only while, no input was replaced, written to or touched: nothing is read. */
export async function stampOf(host: Host, inputs: StampInputs, entriesMax: number = ENTRIES_MAX): Promise<Hash> {
  const lines: string[] = [];
  for (const path of inputs.paths) await mark(hostPath(host, path), inputs, lines, entriesMax);
  return sha256(lines.join('\n'));
}

async function mark(path: string, inputs: StampInputs, lines: string[], entriesMax: number): Promise<void> {
  if (lines.length > entriesMax) throw new TooManyInputsError(path, entriesMax);
  try {
    // Follows links: a list of a `file:` repository is a link to an index that changes elsewhere.
    const status = await stat(path, { bigint: true });
    if (!status.isDirectory()) {
      // An empty file says as little as none; the journal of a database comes and goes as one while root only reads.
      if (status.size === 0n) return;
      // Where root only reads a database, SQLite sets the owner of its journal anew: that is no change.
      const changed = path.endsWith('-wal') ? '' : status.ctimeNs;
      lines.push(`${path} ${status.ino} ${status.size} ${status.mtimeNs} ${changed}`);
      return;
    }
    // A folder counts by its entries: passing ones come and go in it.
    lines.push(`${path} ${status.ino}`);
    for (const name of (await readdir(path)).sort()) {
      if (!inputs.isPassing(name)) await mark(join(path, name), inputs, lines, entriesMax);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    // What this user may not see is part of the mark, as is what is not there by having no line.
    if (code !== 'ENOENT') lines.push(`${path} ${code}`);
  }
}
