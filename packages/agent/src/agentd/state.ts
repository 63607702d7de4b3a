import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@patchsteward/core/vocabulary';
import { isPresent, readTextIfPresent, writeFileAtomically } from '../platform/files.ts';
import { isRecord } from '../platform/json.ts';
import { Problem } from '../platform/problem.ts';
import type { ServerAddress } from './server-address.ts';

const STATE_FILE_BYTES_MAX = 1024 * 1024;
const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;
const OTHERS = 0o077;

/** What belongs to work orders: with another key it is another host. */
const WORK = ['spool', 'reports', 'reports.json', 'job.json', 'apt-lists'];

/** Who this host is to its server. */
export interface Identity {
  readonly server: ServerAddress;
  readonly assetId: string;
  readonly certificatePem: string;
  readonly caPem: string;
}

/** The last try to reach the server, for a person who asks how it goes. */
export interface Contact {
  readonly at: Instant;
  readonly accepted: boolean;
  /** What went wrong, and what to do; null where nothing did. */
  readonly problem: string | null;
}

/** The state directory cannot be used as it is. */
class StateError extends Problem {
  constructor(problem: string, whatToDo: string, cause?: unknown) {
    super('state-unusable', problem, whatToDo, cause);
  }
}

/** All that an agent keeps: `key.pem`, `identity.json`, `contact.json`, `inventory.json`, what belongs to work orders, and a folder to work in. */
export class StateDirectory {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** The directory as it is; null where there is none. */
  static async find(path: string): Promise<StateDirectory | null> {
    return (await isPresent(path)) ? StateDirectory.open(path) : null;
  }

  /** Makes the directory where it is missing; takes none that other users can look into. */
  static async open(path: string): Promise<StateDirectory> {
    await mkdir(path, { recursive: true, mode: PRIVATE_DIRECTORY });
    const status = await stat(path);
    const user = process.geteuid?.() ?? status.uid;
    if (status.uid !== user) {
      throw new StateError(`${path} belongs to another user`, 'run as that user, or name another directory');
    }
    // Closing it ourselves could shut others out of a directory that was named by mistake, be it /tmp.
    if ((status.mode & OTHERS) !== 0) {
      throw new StateError(`${path} is open to other users`, `run "chmod 700 ${path}", or name another directory`);
    }
    return new StateDirectory(path);
  }

  get scratchDirectory(): string {
    return join(this.path, 'scratch');
  }

  get spoolDirectory(): string {
    return join(this.path, 'spool');
  }

  get inventoryPath(): string {
    return join(this.path, 'inventory.json');
  }

  loadKey(): Promise<string | null> {
    return readTextIfPresent(join(this.path, 'key.pem'), STATE_FILE_BYTES_MAX);
  }

  /** Kept before it is first used, so that a repeated enrollment is the same host's and not another's. */
  saveKey(pem: string): Promise<void> {
    return writeFileAtomically(join(this.path, 'key.pem'), pem, PRIVATE_FILE);
  }

  async loadIdentity(): Promise<Identity | null> {
    const path = join(this.path, 'identity.json');
    const text = await readTextIfPresent(path, STATE_FILE_BYTES_MAX);
    if (text === null) return null;
    const identity = identityOf(parsed(text, path));
    if (identity === null) throw damaged(path);
    return identity;
  }

  saveIdentity(identity: Identity): Promise<void> {
    return writeFileAtomically(join(this.path, 'identity.json'), JSON.stringify(identity), PRIVATE_FILE);
  }

  async loadContact(): Promise<Contact | null> {
    const path = join(this.path, 'contact.json');
    const text = await readTextIfPresent(path, STATE_FILE_BYTES_MAX);
    return text === null ? null : contactOf(parsed(text, path));
  }

  /** Written at every check-in and worth little: not flushed, to spare small disks. */
  saveContact(contact: Contact): Promise<void> {
    return writeFileAtomically(join(this.path, 'contact.json'), JSON.stringify(contact), PRIVATE_FILE, 'unflushed');
  }

  /** Forgets who this host was, key and all. */
  async forget(): Promise<void> {
    for (const name of ['identity.json', 'key.pem', 'contact.json', 'inventory.json', 'scratch', ...WORK]) {
      await rm(join(this.path, name), { recursive: true, force: true });
    }
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, cause?: unknown): StateError {
  return new StateError(`${path} is damaged`, 'restore it, or run "patchsteward agent leave" and enroll again', cause);
}

function identityOf(value: unknown): Identity | null {
  if (!isRecord(value) || !isRecord(value['server'])) return null;
  const { assetId, certificatePem, caPem } = value;
  const { host, port } = value['server'];
  if (typeof assetId !== 'string' || typeof certificatePem !== 'string' || typeof caPem !== 'string') return null;
  if (typeof host !== 'string' || typeof port !== 'number') return null;
  return { server: { host, port }, assetId, certificatePem, caPem };
}

function contactOf(value: unknown): Contact | null {
  if (!isRecord(value)) return null;
  const { at, accepted, problem } = value;
  if (typeof at !== 'number' || typeof accepted !== 'boolean') return null;
  return { at, accepted, problem: typeof problem === 'string' ? problem : null };
}
