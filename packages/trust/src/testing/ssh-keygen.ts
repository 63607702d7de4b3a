import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has OpenSSH's own tools; tests without them are skipped by name. */
export const HAS_SSH_KEYGEN = spawnSync('ssh-keygen', ['-Y', 'sign']).error === undefined;

export interface SshFile {
  readonly path: string;
  readonly publicLine: string;
}

/** A folder of throw-away keys of OpenSSH. */
export class SshKeys {
  readonly folder = mkdtempSync(join(tmpdir(), 'ssh-keys-'));
  #made = 0;

  make(type: string, ...more: readonly string[]): SshFile {
    this.#made += 1;
    const path = join(this.folder, `key-${this.#made}`);
    run('ssh-keygen', ['-q', '-t', type, ...more, '-N', '', '-C', 'a comment of words', '-f', path]);
    return { path, publicLine: readFileSync(`${path}.pub`, 'utf8') };
  }

  /** The armored signature that `ssh-keygen -Y sign` writes. */
  sign(path: string, message: Uint8Array, namespace = 'patchsteward', ...more: readonly string[]): string {
    const file = join(this.folder, 'message');
    writeFileSync(file, message);
    rmSync(`${file}.sig`, { force: true });
    run('ssh-keygen', ['-q', '-Y', 'sign', '-n', namespace, '-f', path, ...more, file]);
    return readFileSync(`${file}.sig`, 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}
