import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { collectorIn, copyAgent, oracleIn } from './agent-copy.ts';

const execute = promisify(execFile);

const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;
/** `nobody` and `nogroup` of every Debian. */
export const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] as const;
const AGENT_HOME = '/opt/patchsteward';
export const COLLECTOR = collectorIn(AGENT_HOME);
export const APT_ORACLE = oracleIn(AGENT_HOME);
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };

/** How a root is made: by mmdebstrap, from these sources. */
export interface RootRecipe {
  readonly suite: string;
  readonly sources: readonly string[];
  readonly packages: readonly string[];
}

/** A real Debian in a folder, with a process tree of its own for each command. */
export class DebianRoot {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Unpacks the recipe's base, which is made once and kept outside the working tree. */
  static async make(recipe: RootRecipe): Promise<DebianRoot> {
    const archive = await baseArchive(recipe);
    const root = new DebianRoot(await mkdtemp('/var/tmp/patchsteward-root-'));
    await execute('tar', ['--directory', root.path, '--extract', '--file', archive]);
    // Users other than root must be able to look into their own root directory.
    await execute('chmod', ['755', root.path]);
    await cp('/etc/resolv.conf', join(root.path, 'etc/resolv.conf'), { dereference: true });
    await copyAgent(join(root.path, AGENT_HOME));
    return root;
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }

  async write(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(this.path, path)), { recursive: true });
    await writeFile(join(this.path, path), content);
  }

  /** Runs a command as root, as its machine would: own processes, own mounts, which end with it. */
  async run(...argv: string[]): Promise<string> {
    const world = ['--mount', '--pid', '--fork', '--kill-child', '--cgroup', '--mount-proc', `--root=${this.path}`];
    const { stdout } = await execute('unshare', [...world, '--wd=/', ...argv], {
      env: ENVIRONMENT,
      maxBuffer: OUTPUT_BYTES_MAX,
    });
    return stdout;
  }

  /** The same as a user without any right. */
  runAsNobody(...argv: string[]): Promise<string> {
    return this.run(...NOBODY, ...argv);
  }

  /** The lines of a command's answer, sorted. */
  async lines(...argv: string[]): Promise<string[]> {
    return (await this.run(...argv))
      .split('\n')
      .filter((line) => line !== '')
      .toSorted();
  }
}

async function baseArchive({ suite, sources, packages }: RootRecipe): Promise<string> {
  const recipe = createHash('sha256')
    .update(JSON.stringify([suite, sources, packages]))
    .digest('hex')
    .slice(0, 12);
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'patchsteward/roots');
  const archive = join(folder, `${suite}-${recipe}.tar`);
  if (await exists(archive)) return archive;

  await mkdir(folder, { recursive: true });
  const draft = `${archive}.${process.pid}.draft`;
  const options = ['--variant=apt', '--format=tar', `--include=${packages.join(',')}`];
  await execute('mmdebstrap', [...options, suite, draft, ...sources], { maxBuffer: OUTPUT_BYTES_MAX });
  await rename(draft, archive);
  return archive;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
