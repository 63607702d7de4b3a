import { createHash } from 'node:crypto';
import type { Hash } from '@patchsteward/core/vocabulary';
import { IndexFault, PackagesReader } from '@patchsteward/standards/apt-repository';
import { type ByteStore, ByteStoreFault } from './byte-store.ts';
import type { LookedUp } from './listing-store.ts';
import { FORMS, PLAIN_BYTES_MAX, unpacked } from './unpack.ts';

/** The unpacked index as its Release file names it, where it does. */
export interface Plain {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Looks for packages by name in an index that lies in the byte store. Throws IndexFault. */
export async function lookUp(
  store: ByteStore,
  index: { readonly path: string; readonly hash: Hash },
  names: readonly string[],
  plain?: Plain,
): Promise<LookedUp & { readonly count: number }> {
  const opened = await store.open(index.hash);
  if (opened === undefined) throw new ByteStoreFault('missing', `the byte store lost the index ${index.hash}`);
  const form = FORMS.find((ending) => index.path.endsWith(`Packages${ending}`)) ?? '';
  const reader = new PackagesReader(new Set(names));
  const digest = createHash('sha256');
  for await (const chunk of unpacked(opened.stream, form, plain?.sizeBytes ?? PLAIN_BYTES_MAX)) {
    digest.update(chunk);
    reader.push(chunk);
  }
  const { packages, count } = reader.end();
  if (plain !== undefined && `sha256:${digest.digest('hex')}` !== plain.sha256) {
    throw new IndexFault(`${index.path} unpacks to other bytes than the Release file names`);
  }
  return { index: index.hash, names, packages, count };
}
