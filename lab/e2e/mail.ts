import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hub } from '../hub/hub.ts';
import { LabError } from '../lab-error.ts';
import { codeOf } from '../machine/system-error.ts';

const PORT = 2_525;
const START_MS_MAX = 20_000;
const LOOK_MS = 100;

export interface Mail {
  readonly to: readonly string[];
  readonly text: string;
}

/** A real mail server in the hub, and what it got. */
export class MailBox {
  readonly url = `smtp://127.0.0.1:${PORT}`;
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  static async open(hub: Hub, { folder, logs }: { readonly folder: string; readonly logs: string }): Promise<MailBox> {
    const file = join(folder, 'mail.jsonl');
    const script = join(import.meta.dirname, 'mail-server.ts');
    await hub.spawn([process.execPath, script, '127.0.0.1', String(PORT), file], { log: join(logs, 'mail.log') });
    const until = Date.now() + START_MS_MAX;
    // Nothing else in the hub has this port, so whoever accepts is ours.
    while ((await hub.exec(['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${PORT}`])).exitCode !== 0) {
      if (Date.now() > until) throw new LabError('the mail server does not start', `see ${join(logs, 'mail.log')}`);
      await sleep(LOOK_MS);
    }
    return new MailBox(file);
  }

  async all(): Promise<Mail[]> {
    try {
      const text = await readFile(this.#file, 'utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}
