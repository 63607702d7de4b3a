import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { HUB_ADDRESS } from '../hosts/host-plan.ts';
import { namespaceFile } from '../hosts/network.ts';
import { type CommandOptions, type Ending, exitCodeOf, run, runToEnd } from '../machine/command.ts';
import type { Place } from '../place.ts';

/** A process in the hub that outlives the call that started it, and this process as well. */
export interface HubProcess {
  readonly pid: number;
  /** Its exit code; 128 and the number of the signal that ended it. */
  readonly exited: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

export interface SpawnOptions {
  /** The file that takes what it says. */
  readonly log: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/**
 * The network namespace that every host is wired to. Server and repositories run here: the machine's own network is
 * neither used nor changed. A process of the hub sees this machine's files, and the lab's own /etc/hosts.
 */
export class Hub {
  readonly address = HUB_ADDRESS;
  private readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  exec(argv: readonly string[], options: CommandOptions = {}): Promise<Ending> {
    return runToEnd(this.place.hubGroup, this.entering(argv), options);
  }

  run(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
    return run(this.place.hubGroup, this.entering(argv), options);
  }

  async spawn(argv: readonly string[], { log, env = process.env, cwd = '/' }: SpawnOptions): Promise<HubProcess> {
    const group = this.place.hubGroup.child(`run-${randomUUID()}`);
    await group.create();
    const file = await open(log, 'a');
    const [shell = '', ...rest] = group.entering(this.entering(argv));
    const child = spawn(shell, rest, { detached: true, stdio: ['ignore', file.fd, file.fd], env: { ...env }, cwd });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    await file.close();
    child.unref();
    return { pid: child.pid ?? 0, exited: exitCodeOf(child), kill: (signal) => child.kill(signal) };
  }

  /** Asks a web service from the hub, as its users would; null where nobody answers in time. */
  async get(url: string, timeoutMs = 3_000): Promise<{ readonly status: number; readonly body: string } | null> {
    const script = `const answer = await fetch(process.argv[1], { signal: AbortSignal.timeout(${timeoutMs}) });
      process.stdout.write(JSON.stringify({ status: answer.status, body: await answer.text() }));`;
    const { exitCode, stdout } = await this.exec([process.execPath, '--input-type=module', '-e', script, url]);
    return exitCode === 0 ? JSON.parse(stdout) : null;
  }

  /** The shells become one another, so that the command keeps the number of the process that was started. */
  private entering(argv: readonly string[]): string[] {
    const script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
    return [
      'nsenter',
      `--net=${namespaceFile(this.place.hubNamespace)}`,
      'unshare',
      '--mount',
      '--propagation=slave',
      '/bin/sh',
      '-c',
      script,
      'hub',
      this.place.path('hub', 'hosts'),
      ...argv,
    ];
  }
}
