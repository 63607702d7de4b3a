import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const LAUNCHER = join(import.meta.dirname, '../../../../cli/bin/patchsteward.mjs');
const COMMAND_MS_MAX = 60_000;

export const HAS_OPENSSH =
  spawnSync('ssh-agent', ['-h']).error === undefined && spawnSync('ssh-keygen', ['-?']).error === undefined;

/** Where somebody makes a trust root: an empty folder, a shell that knows `patchsteward`, and an ssh-agent. */
export interface OwnMachine {
  readonly folder: string;
  /** Runs the line as it was copied, and gives what it printed; a line that fails says with what words. */
  readonly type: (line: string, environment?: Readonly<Record<string, string>>) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openOwnMachine(): Promise<OwnMachine> {
  const home = await mkdtemp(join(tmpdir(), 'own-machine-'));
  const [folder, commands, socket] = [join(home, 'root'), join(home, 'bin'), join(home, 'agent')];
  await Promise.all([mkdir(folder), mkdir(commands)]);
  await symlink(LAUNCHER, join(commands, 'patchsteward'));
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  // It says where it listens once it does.
  await once(agent.stdout, 'data');
  const PATH = [commands, dirname(process.execPath), process.env['PATH']].join(delimiter);
  return {
    folder,
    type: async (line, environment = {}) => {
      const { stdout } = await promisify(execFile)('sh', ['-ec', line], {
        cwd: folder,
        env: { PATH, HOME: home, SSH_AUTH_SOCK: socket, ...environment },
        timeout: COMMAND_MS_MAX,
      });
      return stdout;
    },
    close: async () => {
      const ended = once(agent, 'exit');
      agent.kill();
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}
