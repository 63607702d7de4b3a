import type { PackageChange, Rollback } from '@patchsteward/core/plan';
import type { Artifact } from './artifact-store.ts';
import { type FileTools, fetchFiles } from './file-fetch.ts';
import type { Listing } from './listings.ts';
import { OriginRefusal } from './origin.ts';

/** Versions that a sentence names; the rest is counted. */
const NAMED_MAX = 3;

export interface PreparedRollback {
  readonly rollback: Rollback;
  readonly files: readonly Listing[];
  readonly artifacts: readonly Artifact[];
}

/**
 * The way back, with its bytes: each installed version must stand in a verified index, and be had. Where one cannot,
 * there is no way back for the whole, and the text that people approve says so. // SOP P4, decided 16
 */
export async function prepareRollback(
  tools: FileTools,
  changes: readonly PackageChange[],
  everListed: readonly Listing[],
): Promise<PreparedRollback> {
  const olds = changes
    .filter(({ from }) => from !== null)
    .map((change) => ({ change, file: oldFile(change, everListed) }));
  const unlisted = olds.filter(({ file }) => file === undefined).map(({ change }) => change);
  if (unlisted.length > 0) return none(`No verified index lists ${named(unlisted)} any more.`);
  const files = olds.map(({ file }) => file).filter((file) => file !== undefined);
  try {
    const artifacts = await fetchFiles(tools, files);
    return { rollback: { kind: 'downgrade', changes: changes.map((change) => back(change, files)) }, files, artifacts };
  } catch (error) {
    if (!(error instanceof OriginRefusal) || tools.signal.aborted) throw error;
    return none(`The installed versions cannot be fetched: ${error.message}`);
  }
}

function none(why: string): PreparedRollback {
  return { rollback: { kind: 'none', why }, files: [], artifacts: [] };
}

/** The file of the installed version; two different ones under its name are none. */
function oldFile({ name, architecture, from }: PackageChange, everListed: readonly Listing[]): Listing | undefined {
  const files = everListed.filter(
    (file) => file.name === name && file.architecture === architecture && file.version === from,
  );
  const [first] = files;
  return files.every(({ sha256 }) => sha256 === first?.sha256) ? first : undefined;
}

/** A package that came with the update goes again. */
function back({ name, architecture, from, to }: PackageChange, files: readonly Listing[]): PackageChange {
  const file = files.find((one) => one.name === name && one.architecture === architecture && one.version === from);
  const { sha256, sizeBytes, origin } = file ?? { sha256: null, sizeBytes: 0, origin: null };
  return { name, architecture, from: to, to: from, sha256, sizeBytes, origin };
}

function named(changes: readonly PackageChange[]): string {
  const shown = changes.slice(0, NAMED_MAX).map(({ name, from }) => `${name} ${from}`);
  const more = changes.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
