import { chown, mkdir, rename, rm } from 'node:fs/promises';
import { StartRefusal } from '../start-refusal.ts';
import type { Account } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { type Outcome, run, spawnAs } from './child.ts';
import { type ClusterFiles, SUPERUSER_ROLE } from './files.ts';

/** From this major on PostgreSQL brings its own C.UTF-8, which no update of the C library can change under an index. */
const BUILTIN_LOCALE_MAJOR_MIN = 17;

/** Made beside and renamed: an initdb cut short by a crash never looks like a cluster. */
export async function initialize(files: ClusterFiles, account: Account, binaries: PostgresBinaries): Promise<void> {
  const scratch = `${files.data}.new`;
  let outcome: Outcome = { exitCode: null, output: '' };
  for (const locale of localesFor(binaries.major)) {
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { mode: 0o700 });
    if (account.drop) await chown(scratch, account.uid, account.gid);
    outcome = await run(spawnAs(account, binaries, 'initdb', [...commonArguments(scratch), ...locale]));
    if (outcome.exitCode === 0) {
      await rename(scratch, files.data);
      return;
    }
  }
  await rm(scratch, { recursive: true, force: true });
  throw new StartRefusal(
    'postgresql-init-failed',
    `initdb of PostgreSQL ${binaries.version} failed (exit code ${outcome.exitCode}): ${outcome.output}`,
    'Clear the cause that initdb names; often the disk is full or the directory is not writable.',
  );
}

function commonArguments(directory: string): string[] {
  return [
    `--pgdata=${directory}`,
    `--username=${SUPERUSER_ROLE}`,
    '--encoding=UTF8',
    '--auth-local=peer',
    '--auth-host=reject',
    '--data-checksums',
  ];
}

/** Text sorts by code point everywhere; a C library without C.UTF-8 is left with plain C, which sorts the same. */
function localesFor(major: number): readonly string[][] {
  if (major >= BUILTIN_LOCALE_MAJOR_MIN) {
    return [['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']];
  }
  return [
    ['--locale-provider=libc', '--locale=C.UTF-8'],
    ['--locale-provider=libc', '--locale=C'],
  ];
}
