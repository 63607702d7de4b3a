import { Problem, parseDpkgStatus } from '@patchsteward/agent/package-managers';
import type { Component } from '@patchsteward/core/1-identification';
import { FeedUnreadable, parseJson } from '@patchsteward/feeds';
import { billNotation, type PackageList, readBill } from '@patchsteward/standards/bill-of-materials';
import { Failure } from '../platform/failure.ts';
import { readInput } from '../platform/read-input.ts';
import { readApkDatabase } from './match-packages-apk.ts';
import { readPackageTable } from './match-packages-table.ts';
import { textOf } from './scan-host.ts';

/** How a list of packages is written. */
type PackageListFormat = 'dpkg-status' | 'table' | 'apk-database' | 'cyclonedx' | 'spdx';

export interface ListedPackages extends PackageList {
  readonly path: string;
  readonly format: PackageListFormat;
}

const WHAT_TO_GIVE =
  "give dpkg's status file, a table of packages, apk's database, or a bill of materials: CycloneDX (JSON, XML) or SPDX (JSON, tags)";

/** The packages of a list, by its content. `release` is what the person says of them. */
export async function readPackages(path: string, release: string | null): Promise<ListedPackages> {
  const bytes = await readInput(path);
  const start = new TextDecoder().decode(bytes.subarray(0, START_BYTES)).trimStart();
  if (start === '') throw new Failure(`${path} is empty`, WHAT_TO_GIVE);
  if (billNotation(start) !== null) return ofBill(path, bytes, release);

  const text = textOf(path, bytes);
  if (/^Package: /m.test(start)) return { path, format: 'dpkg-status', ...ofDpkg(path, text, release) };
  const isApk = /^P:\S/m.test(start) && /^V:\S/m.test(start);
  const list = isApk ? readApkDatabase(text, release) : readPackageTable(text, release);
  return { path, format: isApk ? 'apk-database' : 'table', ...usable(path, list) };
}

/** The first paragraph of any list of packages is shorter. */
const START_BYTES = 64 * 1024;

function ofBill(path: string, bytes: Uint8Array, release: string | null): ListedPackages {
  const bill = readBill(textOf(path, bytes), release, () => documentIn(path, bytes));
  if (typeof bill === 'string') throw new Failure(`cannot use ${path}: ${bill}`, WHAT_TO_GIVE);
  return { path, format: bill.form, components: bill.components, refused: bill.refused };
}

function documentIn(path: string, bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, path);
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
    throw new Failure(error.problem, 'give the whole file as it was written', { cause: error });
  }
}

function ofDpkg(path: string, text: string, release: string | null): PackageList {
  try {
    const components = parseDpkgStatus(text).map(
      ({ name, version, architecture, source, sourceVersion }): Component => ({
        type: 'deb',
        name,
        version,
        architecture,
        source: { name: source, version: sourceVersion },
        release,
        module: null,
        owner: null,
      }),
    );
    return { components, refused: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Failure(`cannot use ${path}: ${error.message}`, error.whatToDo, { cause: error });
  }
}

function usable(path: string, list: PackageList | string): PackageList {
  if (typeof list !== 'string') return list;
  throw new Failure(`cannot use ${path}: ${list}`, WHAT_TO_GIVE);
}
