import type { StampInputs } from '../stamp.ts';

const PASSING: ReadonlySet<string> = new Set(['partial', 'lock']);

/** Everything that dpkg's and apt's answers are made of. */
export const DEB_INPUTS: StampInputs = {
  paths: [
    '/var/lib/dpkg/status',
    '/var/lib/dpkg/updates',
    '/var/lib/dpkg/arch',
    '/var/lib/apt/lists',
    '/etc/apt',
    '/etc/os-release',
    '/usr/lib/os-release',
    // Phases are drawn by machine.
    '/etc/machine-id',
  ],
  isPassing: (name) => PASSING.has(name),
};
