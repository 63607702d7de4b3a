import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabHost } from '../hosts/lab-host.ts';
import type { Lab } from '../lab.ts';
import { agentJournal } from './agents.ts';

/** What a host keeps of its own package work. */
const HOST_LOGS = ['/var/log/dpkg.log', '/var/log/apt/history.log', '/var/log/apt/term.log'];

/** Brings what the hosts have said out of them, before they are gone. */
export async function collectLogs(lab: Lab, folder: string): Promise<void> {
  await Promise.all(lab.hosts.map((host) => collectFrom(host, join(folder, host.name))));
}

async function collectFrom(host: LabHost, folder: string): Promise<void> {
  if (!(await host.isRunning())) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'agent-journal.log'), await agentJournal(host));
  await writeFile(join(folder, 'journal.log'), (await host.exec(['journalctl', '--no-pager', '--boot'])).stdout);
  for (const path of HOST_LOGS) {
    const { exitCode, stdout } = await host.exec(['cat', path]);
    if (exitCode === 0) await writeFile(join(folder, path.replaceAll('/', '-').slice(1)), stdout);
  }
}
