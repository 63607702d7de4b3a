import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import { readTextIfPresent, writeFileAtomically } from '../platform/files.ts';
import { isRecord } from '../platform/json.ts';
import { Problem } from '../platform/problem.ts';

const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;
const OTHERS = 0o077;
const FILE_BYTES_MAX = 64 * 1024 * 1024;
/** Plans live for weeks; more than this many replaced ones are long expired. */
const SUPERSEDED_MAX = 1_000;
/** Set by hand, a clock is wrong by less than this; more is a clock that went back. */
const CLOCK_SLACK_MS = 120_000;

/** Who this host is, and whom it believes; written at its enrollment by root on this machine. */
export interface Pins {
  readonly assetId: string;
  /** Hash of the first trust root, from the administrator's side and never from the server. // decided 27 */
  readonly rootSha256: Hash;
}

/** What a runner has acted on: it goes up only. */
interface Marks {
  readonly last: LastPlan | null;
  readonly clockFloor: Instant;
  readonly superseded: readonly Hash[];
}

export interface LastPlan {
  readonly epoch: number;
  readonly plan: Hash;
}

/** All that root's part keeps: `pins.json`, `root.json`, `marks.json`, `journal/`, `offers/`, `packages/`, `logs/`. */
export class RunnerState {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async open(path: string): Promise<RunnerState> {
    await mkdir(path, { recursive: true, mode: PRIVATE_DIRECTORY });
    const { uid, mode } = await stat(path);
    if (uid !== process.getuid?.() || (mode & OTHERS) !== 0) {
      throw new Problem(
        'runner-state-unusable',
        `${path} is open to other users`,
        `run "chown root: ${path}; chmod 700 ${path}"`,
      );
    }
    for (const folder of ['journal', 'offers', 'packages', 'logs']) {
      await mkdir(join(path, folder), { recursive: true, mode: PRIVATE_DIRECTORY });
    }
    return new RunnerState(path);
  }

  get packagesDirectory(): string {
    return join(this.path, 'packages');
  }

  /** Root's own configuration of its package manager. */
  get configurationDirectory(): string {
    return join(this.path, 'package-manager');
  }

  get rootPath(): string {
    return join(this.path, 'root.json');
  }

  journalPath(job: Hash): string {
    return join(this.path, 'journal', `${fileName(job)}.jsonl`);
  }

  logPath(job: Hash): string {
    return join(this.path, 'logs', `${fileName(job)}.log`);
  }

  async jobs(): Promise<Hash[]> {
    const names = await readdir(join(this.path, 'journal'));
    return names.map((name) => `sha256:${name.replace('.jsonl', '')}`).filter(isHash);
  }

  saveOffer(job: Hash, text: string): Promise<void> {
    return writeFileAtomically(join(this.path, 'offers', `${fileName(job)}.json`), text, PRIVATE_FILE);
  }

  loadOffer(job: Hash): Promise<string | null> {
    return readTextIfPresent(join(this.path, 'offers', `${fileName(job)}.json`), FILE_BYTES_MAX);
  }

  async loadPins(): Promise<Pins | null> {
    const value = await this.#load('pins.json');
    if (value === null) return null;
    const { assetId, rootSha256 } = value;
    if (typeof assetId !== 'string' || !isHash(rootSha256)) throw damaged(join(this.path, 'pins.json'));
    return { assetId, rootSha256 };
  }

  /** Another pin means another chain: what was believed under the former one is forgotten. */
  async pin(pins: Pins): Promise<void> {
    const before = await this.loadPins();
    if (before?.rootSha256 !== pins.rootSha256) await rm(this.rootPath, { force: true });
    await writeFileAtomically(join(this.path, 'pins.json'), JSON.stringify(pins), PRIVATE_FILE);
  }

  /** The last plan that this host acted on. */
  async lastPlan(): Promise<LastPlan | null> {
    return (await this.#marks()).last;
  }

  /** Plans that a verified later one replaced. */
  async superseded(): Promise<readonly Hash[]> {
    return (await this.#marks()).superseded;
  }

  async supersede(plans: readonly Hash[]): Promise<void> {
    const marks = await this.#marks();
    const superseded = [...new Set([...marks.superseded, ...plans])].slice(-SUPERSEDED_MAX);
    if (superseded.length > marks.superseded.length) await this.#saveMarks({ ...marks, superseded });
  }

  /** Notes the plan of a work order that is about to begin. */
  async passPlan(last: LastPlan): Promise<void> {
    await this.#saveMarks({ ...(await this.#marks()), last });
  }

  /** False where the clock stands before a time that this host has seen: intervals mean nothing then. */
  async passClock(now: Instant): Promise<boolean> {
    const marks = await this.#marks();
    if (now < marks.clockFloor - CLOCK_SLACK_MS) return false;
    await this.#saveMarks({ ...marks, clockFloor: Math.max(marks.clockFloor, now) });
    return true;
  }

  async #marks(): Promise<Marks> {
    const value = await this.#load('marks.json');
    if (value === null) return { last: null, clockFloor: 0, superseded: [] };
    const { clockFloor, superseded } = value;
    const last = lastOf(value['last']);
    const whole = typeof clockFloor === 'number' && Array.isArray(superseded) && superseded.every(isHash);
    if (!whole || last === undefined) throw damaged(join(this.path, 'marks.json'));
    return { last, clockFloor, superseded };
  }

  #saveMarks(marks: Marks): Promise<void> {
    return writeFileAtomically(join(this.path, 'marks.json'), JSON.stringify(marks), PRIVATE_FILE);
  }

  async #load(name: string): Promise<Readonly<Record<string, unknown>> | null> {
    const path = join(this.path, name);
    const text = await readTextIfPresent(path, FILE_BYTES_MAX);
    if (text === null) return null;
    const value = parsed(text, path);
    if (!isRecord(value)) throw damaged(path);
    return value;
  }
}

/** Undefined: it is neither a plan nor none. */
function lastOf(value: unknown): LastPlan | null | undefined {
  if (value === null) return null;
  if (!isRecord(value)) return undefined;
  const { epoch, plan } = value;
  return typeof epoch === 'number' && isHash(plan) ? { epoch, plan } : undefined;
}

function fileName(hash: Hash): string {
  return hash.replace('sha256:', '');
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, cause?: unknown): Problem {
  return new Problem('runner-state-damaged', `${path} is damaged`, 'restore it, or enroll this host again', cause);
}
