import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collectLogs } from '../e2e/logs.ts';
import { MailBox } from '../e2e/mail.ts';
import type { HostPlan } from '../hosts/host-plan.ts';
import type { LabHost } from '../hosts/lab-host.ts';
import { type Lab, openLab } from '../lab.ts';
import { LabError } from '../lab-error.ts';
import { readersOwn } from './inputs.ts';
import { deskTerminal, hostTerminal, type Terminal } from './terminal.ts';
import type { Known } from './words.ts';

/** The machines of the guide beside the reader's own. */
const HOSTS: readonly HostPlan[] = [
  { name: 'web-1', address: '10.77.2.1', environment: 'production', criticality: 'normal', redundancyGroup: null },
  { name: 'ring-1', address: '10.77.1.1', environment: 'non-production', criticality: 'low', redundancyGroup: null },
];
/** Where people sit: the machine of the server, and desks of their own, which in the lab are the same machine. */
const DESKS: readonly string[] = ['server', 'desk'];

export interface SceneOptions {
  readonly folder: string;
  /** Where logs stay. */
  readonly output: string;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * What the guide takes for granted and nothing more: a clone, two outdated hosts that can be reached by ssh as root, a mail
 * server. The reader's own machine is the one that the lab runs on, inside the network of the lab.
 */
export class Scene {
  readonly lab: Lab;
  readonly output: string;
  readonly brought: Known;
  readonly #folder: string;
  readonly #sshConfig: string;

  private constructor(parts: { lab: Lab; output: string; brought: Known; folder: string; sshConfig: string }) {
    this.lab = parts.lab;
    this.output = parts.output;
    this.brought = parts.brought;
    this.#folder = parts.folder;
    this.#sshConfig = parts.sshConfig;
  }

  static async open({ folder, output, say, signal }: SceneOptions): Promise<Scene> {
    const lab = await openLab({ folder, hosts: HOSTS, say, ...(signal === undefined ? {} : { signal }) });
    try {
      // Open to the account that PostgreSQL runs as.
      const own = join(lab.folder, 'first-hour');
      const logs = join(output, 'logs');
      await Promise.all([mkdir(own, { recursive: true }), mkdir(logs, { recursive: true })]);
      const mail = await MailBox.open(lab.hub, { folder: own, logs });
      const brought = await readersOwn({ folder: own, smtpUrl: mail.url });
      const sshConfig = await letIn(lab, own);
      return new Scene({ lab, output, brought, folder: own, sshConfig });
    } catch (error) {
      await lab.down();
      throw error;
    }
  }

  logs(...parts: string[]): string {
    return join(this.output, 'logs', ...parts);
  }

  terminal(on: string, as: string): Promise<Terminal> {
    if (!DESKS.includes(on)) return Promise.resolve(hostTerminal(this.lab.host(on)));
    return deskTerminal({ hub: this.lab.hub, as, folder: this.#folder, sshConfig: this.#sshConfig });
  }

  async close({ keep = false } = {}): Promise<void> {
    await collectLogs(this.lab, this.logs());
    if (!keep) await this.lab.down();
  }
}

/** The reader comes to their hosts by ssh as root: with a key of theirs, and knowing the hosts' own keys. */
async function letIn(lab: Lab, folder: string): Promise<string> {
  const key = join(folder, 'ssh-key');
  await lab.hub.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const allowed = await readFile(`${key}.pub`, 'utf8');
  const known = await Promise.all(lab.hosts.map((host) => introduce(host, allowed)));
  await writeFile(`${key}.known`, known.join(''));
  const config = join(folder, 'ssh-config');
  await writeFile(config, `IdentityFile ${key}\nUserKnownHostsFile ${key}.known\nBatchMode yes\n`);
  return config;
}

/** A line of known_hosts, told by the host itself and not by the network. */
async function introduce(host: LabHost, allowed: string): Promise<string> {
  await host.run(['install', '-d', '-m', '0700', '/root/.ssh']);
  await host.writeFile('/root/.ssh/authorized_keys', allowed, { mode: 0o600 });
  const told = await host.run(['dropbearkey', '-y', '-f', '/etc/dropbear/dropbear_ed25519_host_key']);
  const line = told.split('\n').find((one) => one.startsWith('ssh-ed25519 '));
  if (line === undefined) throw new LabError(`${host.name} has no key for ssh`, `it said: ${told}`);
  return `${host.name} ${line}\n`;
}
