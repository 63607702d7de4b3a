import { expect, test } from 'vitest';
import { parseInstallTimes } from './reboot.ts';

test('the newest time of each name; sentences about what is not there are passed over', () => {
  const answer = 'installed glibc 1790000001\npackage dbus is not installed\ninstalled glibc 1790000009\n';

  expect([...parseInstallTimes(answer)]).toEqual([['glibc', 1_790_000_009_000]]);
});
