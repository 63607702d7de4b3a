import { readBoot, readMachineId } from '../host/boot.ts';
import type { Host } from '../host/host.ts';
import { managerOf } from '../package-managers/index.ts';

/** What a host says of itself when it introduces itself. None of it is its identity: that is the key. */
export interface EnrollmentFacts {
  readonly hostname: string;
  readonly machineId: string | null;
  readonly architecture: string;
}

export async function readEnrollmentFacts(host: Host): Promise<EnrollmentFacts> {
  const manager = await managerOf(host);
  const { hostname } = await readBoot(host);
  const architecture = manager.nativeArchitecture(await manager.installed(host)) ?? process.arch;
  return { hostname, machineId: await readMachineId(host), architecture };
}
