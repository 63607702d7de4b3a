import { type Host, hostPath } from '../../host/host.ts';
import { isPresent } from '../../platform/files.ts';

/** Where distributions keep rpm's database, newest habit first; either may be a link to the other. */
const FOLDERS = ['/usr/lib/sysimage/rpm', '/var/lib/rpm'] as const;
/** What each of rpm's storages calls its file: sqlite, ndb, and the old Berkeley DB. // rpm doc: database backends */
const FILES = ['rpmdb.sqlite', 'Packages.db', 'Packages'] as const;

/** Where the database of a host lies, as it looks from outside of the host. */
export interface DatabasePlace {
  /** Within the host. */
  readonly folder: string;
  /** The file that changes with every transaction, as this machine can open it. */
  readonly file: string;
}

/** null: no rpm keeps this host's packages. An empty folder is what installing the tool alone leaves. */
export async function databasePlace(host: Host): Promise<DatabasePlace | null> {
  for (const folder of FOLDERS) {
    for (const name of FILES) {
      const file = hostPath(host, `${folder}/${name}`);
      if (await isPresent(file)) return { folder, file };
    }
  }
  return null;
}
