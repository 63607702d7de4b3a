import type { LabStatus } from '../status.ts';

const STATES: Record<LabStatus['state'], string> = {
  down: 'is down',
  'being-made': 'is being set up',
  'half-made': 'is half made: whoever set it up was ended; take it down, or set it up anew',
  up: 'is up',
  broken: 'is broken: parts of it are gone; take it down, or set it up anew',
};

/** What a person reads of a lab. */
export function reportOf(status: LabStatus): string {
  const lines = [`The lab in ${status.folder} ${STATES[status.state]}.`];
  if (status.hosts.length > 0) lines.push('', ...table(status));
  const left = status.state === 'down' ? leftovers(status) : [];
  if (left.length > 0) lines.push('', 'Left of it; take it down once more:', ...left.map((one) => `  ${one}`));
  return `${lines.join('\n')}\n`;
}

function table({ hosts, repositoryServes }: LabStatus): string[] {
  const rows = hosts.map(({ name, address, system, whole, environment, criticality, redundancyGroup }) => [
    name,
    address,
    whole ? system : 'missing',
    environment,
    criticality,
    redundancyGroup ?? '',
  ]);
  const all = [['HOST', 'ADDRESS', 'SYSTEM', 'ENVIRONMENT', 'CRITICALITY', 'REDUNDANCY GROUP'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', `The repositories ${repositoryServes ? 'are served' : 'are not served'} at 10.77.0.1.`];
}

function leftovers({ processes, mounts, namespaces }: LabStatus): string[] {
  const running = processes === 0 ? [] : [`${processes} processes`];
  return [...running, ...mounts.map((one) => `mount ${one}`), ...namespaces.map((one) => `namespace ${one}`)];
}
