import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, hostPath } from '../../host/host.ts';
import { readText } from '../../platform/files.ts';
import { mergedNames } from '../merged-usr.ts';
import { ownedOf } from '../owned.ts';

/** The longest list of one package (kernel headers, icon themes) has 3 MB. */
const LIST_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Those of these files that belong to an installed package, with its name, by dpkg's own file lists. Answers are remembered until dpkg puts
 * another list into its folder: a process that runs on from a deleted file is asked about at every check-in.
 */
export async function ownedFiles(host: Host, paths: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  if (paths.size === 0) return new Map();
  const folder = hostPath(host, '/var/lib/dpkg/info');
  const { mtimeNs } = await stat(folder, { bigint: true });
  const state = `${folder} ${mtimeNs}`;
  if (remembered.state !== state || remembered.answers.size > REMEMBERED_MAX) {
    remembered = { state, answers: new Map() };
  }
  const { answers } = remembered;
  const unknown = new Set([...paths].filter((path) => !answers.has(path)));
  const found = await lookUp(folder, unknown);
  for (const path of unknown) answers.set(path, found.get(path) ?? null);
  return ownedOf(paths, answers);
}

/** Deleted files that are mapped at one time; programs that make code as they run can map any number. */
const REMEMBERED_MAX = 10_000;
let remembered: { readonly state: string; readonly answers: Map<string, string | null> } = {
  state: '',
  answers: new Map(),
};

async function lookUp(folder: string, paths: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const owned = new Map<string, string>();
  if (paths.size === 0) return owned;
  const lists = (await readdir(folder)).filter((name) => name.endsWith('.list'));
  for (const list of lists) {
    if (owned.size === paths.size) break;
    const text = `\n${await readText(join(folder, list), LIST_BYTES_MAX)}`;
    for (const path of paths) {
      if (!owned.has(path) && mergedNames(path).some((name) => text.includes(`\n${name}\n`))) {
        owned.set(path, packageOf(list));
      }
    }
  }
  return owned;
}

/** `libssl3` of `libssl3:amd64.list`. */
function packageOf(list: string): string {
  return list.replace(/(?::[^:]*)?\.list$/, '');
}
