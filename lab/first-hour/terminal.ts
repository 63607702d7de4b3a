import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabHost } from '../hosts/lab-host.ts';
import type { Hub, HubProcess } from '../hub/hub.ts';
import type { Ending } from '../machine/command.ts';

/** A package that is built and compressed on a busy machine takes longest. */
const BLOCK_MS_MAX = 180_000;

/**
 * A terminal that goes on where the block before it ended: folder and exported variables stay, as they do for whoever
 * types. The first command that fails ends the block.
 */
const GO_ON = `mkdir -p "$1"
cd
if [ -e "$1/variables" ]; then . "$1/variables"; cd "$(cat "$1/folder")"; fi
trap 'code=$?; export -p >"$1/variables"; pwd >"$1/folder"; exit $code' EXIT
set -eo pipefail
eval "$2"`;

/** The same in a second terminal, which shares nothing more with the first. */
const BESIDE = GO_ON.replace(/^trap .*\n/m, '');

export interface Terminal {
  type(commands: string, typed: string): Promise<Ending>;
  /** Leaves it running; what it says goes into the file. */
  leave(commands: string, log: string): Promise<HubProcess>;
}

export interface Desk {
  readonly hub: Hub;
  /** Who sits there; their files lie in their own folder below. */
  readonly as: string;
  readonly folder: string;
  /** Takes the place of the machine's own /etc/ssh/ssh_config: whom ssh knows and with which key it comes. */
  readonly sshConfig: string;
}

/** A person at the machine of the reader, with a home of their own. */
export async function deskTerminal({ hub, as, folder, sshConfig }: Desk): Promise<Terminal> {
  const home = join(folder, as);
  await mkdir(home, { recursive: true });
  // The person's machine has Node as this one has it; the tools of the clone are theirs to find.
  const path = (process.env['PATH'] ?? '').split(':').filter((part) => !part.includes('node_modules'));
  const env = { PATH: path.join(':'), HOME: home, LC_ALL: 'C.UTF-8', TERM: 'dumb' };
  const entering = (script: string, commands: string): string[] => [
    ...['unshare', '--mount', '--propagation=slave', '/bin/sh', '-c'],
    'mount --bind "$1" /etc/ssh/ssh_config && shift && exec "$@"',
    ...['desk', sshConfig, 'bash', '-c', script, 'terminal', join(folder, `.${as}`), commands],
  ];
  return {
    type: (commands, input) => hub.exec(entering(GO_ON, commands), { env, input, timeoutMs: BLOCK_MS_MAX }),
    leave: (commands, log) => hub.spawn(entering(BESIDE, commands), { log, env }),
  };
}

/** Root at a host. */
export function hostTerminal(host: LabHost): Terminal {
  return {
    type: (commands, input) =>
      host.exec(['bash', '-c', GO_ON, 'terminal', '/run/terminal', commands], { input, timeoutMs: BLOCK_MS_MAX }),
    leave: () => Promise.reject(new Error('nothing is left running at a host: its services do that')),
  };
}
