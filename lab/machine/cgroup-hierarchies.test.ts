import { describe, expect, it } from 'vitest';
import { cgroupHierarchiesOf } from './cgroup-hierarchies.ts';

const ROOT = '27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw';
const line = (path: string, type: string, options: string): string =>
  `31 26 0:28 / ${path} rw,nosuid shared:9 - ${type} cgroup ${options}`;
const UNIFIED = line('/sys/fs/cgroup', 'cgroup2', 'rw,nsdelegate');
const HYBRID = line('/sys/fs/cgroup/unified', 'cgroup2', 'rw');
const MEMORY = line('/sys/fs/cgroup/memory', 'cgroup', 'rw,memory');
const NAMED = line('/sys/fs/cgroup/systemd', 'cgroup', 'rw,xattr,name=systemd');

describe('the control groups of a machine', () => {
  it.each([
    ['version 2', [ROOT, UNIFIED], '/sys/fs/cgroup', ['/sys/fs/cgroup']],
    [
      'both versions',
      [ROOT, MEMORY, NAMED, HYBRID],
      '/sys/fs/cgroup/unified',
      ['/sys/fs/cgroup/unified', '/sys/fs/cgroup/systemd'],
    ],
    ['version 1', [ROOT, MEMORY, NAMED], '/sys/fs/cgroup/systemd', ['/sys/fs/cgroup/systemd']],
  ])('are found for %s', (_, mounts, tracking, roots) => {
    expect(cgroupHierarchiesOf(`${mounts.join('\n')}\n`)).toEqual({ tracking, roots });
  });

  it('are not found where systemd could use none', () => {
    expect(cgroupHierarchiesOf(`${ROOT}\n${MEMORY}\n`)).toBeNull();
  });
});
