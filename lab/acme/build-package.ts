import { chmod, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../machine/command.ts';
import type { Place } from '../place.ts';
import { packageFiles } from './package-files.ts';
import type { AcmeVersion } from './versions.ts';

/** The same input gives the same bytes, whenever it is built. */
const BUILT_AT_SECONDS = 1_767_225_600;

export function packageName(version: string): string {
  return `acme-web_${version}_all.deb`;
}

/** Builds one version with dpkg-deb into a folder, and gives the path of the file. */
export async function buildPackage(place: Place, folder: string, one: AcmeVersion): Promise<string> {
  const stage = join(folder, `stage-${one.version}`);
  await rm(stage, { recursive: true, force: true });
  for (const { path, content, mode } of packageFiles(one)) {
    const file = join(stage, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode });
    await chmod(file, mode);
    await utimes(file, BUILT_AT_SECONDS, BUILT_AT_SECONDS);
  }
  const file = join(folder, packageName(one.version));
  const env = { SOURCE_DATE_EPOCH: String(BUILT_AT_SECONDS) };
  const how = ['--root-owner-group', '-Zgzip', '-z1'];
  await run(place.work, ['dpkg-deb', ...how, '--build', stage, `${file}.draft`], { env });
  await run(place.work, ['mv', `${file}.draft`, file]);
  await rm(stage, { recursive: true });
  return file;
}
