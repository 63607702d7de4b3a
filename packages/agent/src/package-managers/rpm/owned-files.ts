import { stat } from 'node:fs/promises';
import type { Host } from '../../host/host.ts';
import { mergedNames } from '../merged-usr.ts';
import { ownedOf } from '../owned.ts';
import { databasePlace } from './database-place.ts';
import { askRpm, NAMES_PER_CALL_MAX } from './rpm.ts';

/**
 * Those of these files that belong to an installed package, with its name. Answers are remembered until rpm changes its database: a process
 * that runs on from a deleted file is asked about at every check-in.
 */
export async function ownedFiles(host: Host, paths: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const place = paths.size === 0 ? null : await databasePlace(host);
  if (place === null) return new Map();
  const { mtimeNs } = await stat(place.file, { bigint: true });
  const state = `${place.file} ${mtimeNs}`;
  if (remembered.state !== state || remembered.answers.size > REMEMBERED_MAX) {
    remembered = { state, answers: new Map() };
  }
  const { answers } = remembered;
  const unknown = [...paths].filter((path) => !answers.has(path));
  const found = await lookUp(host, unknown);
  for (const path of unknown) {
    const [name = null] = mergedNames(path).flatMap((one) => found.get(one) ?? []);
    answers.set(path, name);
  }
  return ownedOf(paths, answers);
}

/** Deleted files that are mapped at one time; programs that make code as they run can map any number. */
const REMEMBERED_MAX = 10_000;
let remembered: { readonly state: string; readonly answers: Map<string, string | null> } = {
  state: '',
  answers: new Map(),
};

/** Every file of the packages that own any of these: rpm's answer names no path of the question. */
async function lookUp(host: Host, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (let start = 0; start < paths.length; start += NAMES_PER_CALL_MAX) {
    const some = paths.slice(start, start + NAMES_PER_CALL_MAX);
    const answer = await askRpm(host, ['--query', '--queryformat', '[%{=NAME} %{FILENAMES}\n]', '--file', ...some]);
    for (const line of answer.split('\n')) {
      // No name of a package holds a space; a path may.
      const end = line.indexOf(' ');
      if (end > 0) files.set(line.slice(end + 1), line.slice(0, end));
    }
  }
  return files;
}
