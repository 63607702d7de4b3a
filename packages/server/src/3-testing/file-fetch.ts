import type { PackageOrigin } from '../connectors/package-origin.ts';
import type { Artifact } from './artifact-store.ts';
import type { ByteStore } from './byte-store.ts';
import { refusing } from './index-fetch.ts';
import type { Listing } from './listings.ts';
import { fileAddress } from './origin.ts';

/** Files on their way at once: enough for a slow line, few enough for the archive. */
const AT_ONCE = 4;

export interface FileTools {
  readonly store: ByteStore;
  readonly packageOrigin: PackageOrigin;
  readonly signal: AbortSignal;
}

/** Brings files into the byte store, each exactly as its index lists it. Throws OriginRefusal at the first that is not. */
export async function fetchFiles(tools: FileTools, files: readonly Listing[]): Promise<Artifact[]> {
  const waiting = files.values();
  const artifacts: Artifact[] = [];
  const fetchInTurn = async (): Promise<void> => {
    for (const file of waiting) artifacts.push(await fetchFile(tools, file));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchInTurn));
  return artifacts;
}

async function fetchFile({ store, packageOrigin, signal }: FileTools, file: Listing): Promise<Artifact> {
  const { sha256: hash, sizeBytes, configured, path, name, version, architecture } = file;
  const promised = { hash, sizeBytes };
  await refusing(configured, async () => {
    if (await store.has(promised)) return;
    const url = fileAddress(configured, path);
    await packageOrigin.fetch({ url, bytesMax: sizeBytes, signal }, (body) => store.put(body, promised));
  });
  return { hash, kind: 'package', sizeBytes, package: { name, version, architecture } };
}
