import type { Host } from '../../host/host.ts';
import { mergedNames } from '../merged-usr.ts';
import { readDatabaseText } from './database.ts';

/** Which of these files belong to an installed package: the database lists folders (`F:`) and the files in each (`R:`). */
export async function ownedFiles(host: Host, paths: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  if (paths.size === 0) return paths;
  const wanted = new Map([...paths].flatMap((path) => mergedNames(path).map((name) => [name, path] as const)));
  const owned = new Set<string>();
  let folder = '';
  for (const line of (await readDatabaseText(host)).split('\n')) {
    if (line.startsWith('F:')) folder = line.slice(2);
    else if (line.startsWith('R:')) {
      const path = wanted.get(`/${folder}/${line.slice(2)}`);
      if (path !== undefined) owned.add(path);
    }
  }
  return owned;
}
