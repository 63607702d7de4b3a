import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Campaign } from '@patchsteward/contract';
import type { HostPlan } from '../hosts/host-plan.ts';
import { type Lab, openLab } from '../lab.ts';
import { LabError } from '../lab-error.ts';
import { Vault } from './backups.ts';
import { Hand } from './command.ts';
import { collectLogs } from './logs.ts';
import { MailBox } from './mail.ts';
import { type AnyLogin, type Login, type Person, PROBER, personOf } from './people.ts';
import { SERVER_URL, Server } from './server.ts';
import { CheckFailed, type Transcript } from './transcript.ts';

const LOOK_MS = 700;

export interface WorldOptions {
  /** Where the lab lives; everything in it goes with it. */
  readonly folder: string;
  /** Where transcript, logs and the exported record stay. */
  readonly output: string;
  readonly transcript: Transcript;
  readonly say: (line: string) => void;
  /** Which; the lab's own four where nothing is said. */
  readonly hosts?: readonly HostPlan[];
  readonly signal?: AbortSignal;
}

/** Who a person is to the server and to the hosts. */
interface Credentials {
  readonly token: string | null;
  readonly key: string | null;
  readonly keyFile: string | null;
}

/**
 * Real hosts, a real server with people, mail and backups: everything that stories are told in. It opens with nothing
 * but the machines; who enrolls and trusts whom is part of the first story (found.ts).
 */
export class World {
  readonly lab: Lab;
  readonly transcript: Transcript;
  readonly server: Server;
  readonly mail: MailBox;
  readonly vault: Vault;
  readonly output: string;
  /** Keys, tokens, passwords: gone with the lab. */
  readonly secrets: string;
  /** The campaign that was looked at last: what is explained when a story breaks off. */
  campaign: string | null = null;
  /** By name of the host. */
  readonly assets = new Map<string, string>();
  rootSha256 = '';
  readonly #credentials = new Map<AnyLogin, Credentials>();
  readonly #passphrase = randomBytes(24).toString('base64url');
  readonly #agentSocket: string;

  private constructor(parts: {
    readonly lab: Lab;
    readonly transcript: Transcript;
    readonly server: Server;
    readonly mail: MailBox;
    readonly vault: Vault;
    readonly output: string;
    readonly secrets: string;
  }) {
    this.lab = parts.lab;
    this.transcript = parts.transcript;
    this.server = parts.server;
    this.mail = parts.mail;
    this.vault = parts.vault;
    this.output = parts.output;
    this.secrets = parts.secrets;
    this.#agentSocket = join(parts.secrets, 'ssh-agent.sock');
  }

  static async open({ folder, output, transcript, say, hosts, signal }: WorldOptions): Promise<World> {
    const lab = await openLab({
      ...{ folder, say },
      ...(hosts === undefined ? {} : { hosts }),
      ...(signal === undefined ? {} : { signal }),
    });
    try {
      const own = join(lab.folder, 'e2e');
      const logs = join(output, 'logs');
      const secrets = join(own, 'secrets');
      await mkdir(logs, { recursive: true });
      // Open to the account that PostgreSQL runs as.
      await mkdir(own, { recursive: true });
      await mkdir(secrets, { mode: 0o700 });
      const mail = await MailBox.open(lab.hub, { folder: own, logs });
      const vault = await Vault.open(lab.hub, join(own, 'vault'));
      const server = new Server(lab.hub, { folder: own, logs, smtpUrl: mail.url });
      const world = new World({ lab, transcript, server, mail, vault, output, secrets });
      await lab.hub.spawn(['ssh-agent', '-D', '-a', world.#agentSocket], { log: join(logs, 'ssh-agent.log') });
      await server.start();
      return world;
    } catch (error) {
      await lab.down();
      throw error;
    }
  }

  logs(...parts: string[]): string {
    return join(this.output, 'logs', ...parts);
  }

  secret(...parts: string[]): string {
    return join(this.secrets, ...parts);
  }

  /** Where the file system of a host is seen from outside. */
  rootOf(host: string): string {
    return join(this.lab.folder, 'hosts', host, 'root');
  }

  assetOf(host: string): string {
    const id = this.assets.get(host);
    if (id === undefined) throw new Error(`${host} is not enrolled`);
    return id;
  }

  learn(login: AnyLogin, known: Partial<Credentials>): void {
    const before = this.#credentials.get(login) ?? { token: null, key: null, keyFile: null };
    this.#credentials.set(login, { ...before, ...known });
  }

  credentials(login: AnyLogin): Credentials {
    return this.#credentials.get(login) ?? { token: null, key: null, keyFile: null };
  }

  /** A person of the story at their own terminal, with their own token and key. */
  as(login: Login): Hand {
    const person = personOf(login);
    const { key, keyFile } = this.credentials(login);
    return new Hand({
      ...{ hub: this.lab.hub, transcript: this.transcript, actor: { ...publicPartOf(person), key } },
      env: this.environmentOf(login),
      signing: keyFile === null ? [] : ['--key', keyFile],
    });
  }

  /** What makes them who they are, on their own machine. */
  environmentOf(login: Login): Record<string, string> {
    const { token } = this.credentials(login);
    return {
      ...this.ownEnvironment(),
      ...{ PATCHSTEWARD_PASSPHRASE: this.#passphrase, PATCHSTEWARD_URL: SERVER_URL, SSH_AUTH_SOCK: this.#agentSocket },
      ...(token === null ? {} : { PATCHSTEWARD_TOKEN: token }),
    };
  }

  /** Whoever has root on the server itself: known by the socket in its data directory. */
  atServer(): Hand {
    return new Hand({
      ...{ hub: this.lab.hub, transcript: this.transcript, signing: [] },
      actor: { login: 'root', name: 'root on the server', roles: ['local'], key: null },
      env: { ...this.ownEnvironment(), PATCHSTEWARD_DATA: this.server.data },
    });
  }

  /** The machine on the side of the backups, with a key of the trust root and an account without roles. */
  prober(): Hand {
    const { token, key } = this.credentials(PROBER);
    return new Hand({
      ...{ hub: this.lab.hub, transcript: this.transcript, signing: [] },
      actor: { login: PROBER, name: 'the prober of backups', roles: ['prober'], key },
      env: {
        ...this.ownEnvironment(),
        ...(token === null ? {} : { PATCHSTEWARD_TOKEN: token, PATCHSTEWARD_URL: SERVER_URL }),
      },
    });
  }

  /** Waits until a campaign is in one of these states, and tells each state on the way. */
  async until(campaign: string, states: readonly string[], timeoutMs: number): Promise<Campaign> {
    this.campaign = campaign;
    const until = Date.now() + timeoutMs;
    let told = '';
    for (;;) {
      const shown = await this.as('ana').looks<Campaign>(['campaign', 'show', campaign]);
      const { state, ended, explanation } = shown;
      const line = `${state}: ${explanation.sentence}`;
      if (line !== told) this.transcript.see(line);
      told = line;
      if (states.includes(state)) return shown;
      if (ended || Date.now() > until) {
        throw new CheckFailed({ what: 'the campaign goes on', expected: states.join(' or '), seen: line });
      }
      await sleep(LOOK_MS);
    }
  }

  /** Waits until something that the story reads is there. */
  async eventually<T>(what: string, timeoutMs: number, look: () => Promise<T | null>): Promise<T> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (Date.now() > until) throw new LabError(`${what}: not within ${timeoutMs} ms`, `see ${this.logs()}`);
      await sleep(LOOK_MS);
    }
  }

  /** What is installed on each host, by the host's own word. */
  async versions(): Promise<Record<string, Record<string, string>>> {
    const all = await Promise.all(
      this.lab.hosts.map(
        async (host) => [host.name, (await host.isRunning()) ? await host.dpkgVersions() : {}] as const,
      ),
    );
    return Object.fromEntries(all);
  }

  /** In one sentence, what holds a campaign up; for a story that breaks off, so it never fails itself. */
  async explanation(): Promise<string | null> {
    if (this.campaign === null) return null;
    const { stdout, stderr } = await this.as('ana').tries(['campaign', 'explain', this.campaign]);
    return `${stdout}${stderr}`.trim();
  }

  async close({ keep = false } = {}): Promise<void> {
    await collectLogs(this.lab, this.logs());
    if (keep) return;
    await this.server.stop();
    await this.lab.down();
  }

  private ownEnvironment(): Record<string, string> {
    return { HOME: this.secrets };
  }
}

function publicPartOf({ login, name, roles }: Person) {
  return { login, name, roles };
}
