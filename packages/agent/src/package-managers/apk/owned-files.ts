import type { Host } from '../../host/host.ts';
import { mergedNames } from '../merged-usr.ts';
import { readDatabaseText } from './database.ts';

/** Those of these files that belong to an installed package, with its name: the database lists folders (`F:`) and the files in each (`R:`). */
export async function ownedFiles(host: Host, paths: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  if (paths.size === 0) return new Map();
  const wanted = new Map([...paths].flatMap((path) => mergedNames(path).map((name) => [name, path] as const)));
  const owned = new Map<string, string>();
  let name = '';
  let folder = '';
  for (const line of (await readDatabaseText(host)).split('\n')) {
    if (line.startsWith('P:')) name = line.slice(2);
    else if (line.startsWith('F:')) folder = line.slice(2);
    else if (line.startsWith('R:')) {
      const path = wanted.get(`/${folder}/${line.slice(2)}`);
      if (path !== undefined) owned.set(path, name);
    }
  }
  return owned;
}
