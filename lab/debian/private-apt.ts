import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, run } from '../machine/command.ts';
import type { Place } from '../place.ts';
import { HOST_SOURCES } from './suites.ts';

/** apt with sources, lists and a package database of its own; of the machine's settings only how it reaches the network. */
export class PrivateApt {
  readonly lists: string;
  private readonly place: Place;
  private readonly folder: string;

  private constructor(place: Place, folder: string) {
    this.place = place;
    this.folder = folder;
    this.lists = join(folder, 'lists');
  }

  /** Sees the given system as the one that is to be upgraded. */
  static async for(place: Place, folder: string, system: string): Promise<PrivateApt> {
    const apt = new PrivateApt(place, folder);
    for (const part of ['etc', 'lists/partial', 'cache/archives/partial']) {
      await mkdir(join(folder, part), { recursive: true });
    }
    await writeFile(join(folder, 'sources.list'), `${HOST_SOURCES.join('\n')}\n`);
    const network = (await run(place.work, ['apt-config', 'dump'])).match(/^Acquire::(http|https|ftp)::.*;$/gm) ?? [];
    const settings = {
      Dir: '/',
      'Dir::Etc': `${folder}/etc`,
      'Dir::Etc::Parts': `${folder}/etc`,
      'Dir::Etc::SourceList': `${folder}/sources.list`,
      'Dir::Etc::SourceParts': `${folder}/etc`,
      'Dir::State': folder,
      'Dir::State::Lists': apt.lists,
      'Dir::State::status': join(system, 'var/lib/dpkg/status'),
      'Dir::Cache': `${folder}/cache`,
      'APT::Sandbox::User': 'root',
      'Acquire::Languages': 'none',
      // The indexes stay byte for byte as they are signed.
      'Acquire::GzipIndexes': 'true',
      'Acquire::CompressionTypes::Order': 'xz',
      'Acquire::IndexTargets::deb::Packages::KeepCompressed': 'true',
      'Acquire::IndexTargets::deb::Packages::KeepCompressedAs': 'xz',
    };
    const lines = [...Object.entries(settings).map(([name, value]) => `${name} "${value}";`), ...network];
    await writeFile(apt.configuration, `${lines.join('\n')}\n`);
    return apt;
  }

  /** Runs apt-get; what it downloads comes to the given folder. */
  get(argv: readonly string[], cwd = '/'): Promise<string> {
    const options: CommandOptions = { cwd, env: { APT_CONFIG: this.configuration } };
    return run(this.place.work, ['apt-get', '--quiet', ...argv], options);
  }

  private get configuration(): string {
    return join(this.folder, 'apt.conf');
  }
}
