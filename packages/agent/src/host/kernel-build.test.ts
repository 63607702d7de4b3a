import { expect, test } from 'vitest';
import { flavorOf, runningVersion } from './kernel-build.ts';

test.each([
  ['6.1.0-40-amd64', '#1 SMP PREEMPT_DYNAMIC Debian 6.1.153-1 (2025-09-20)', '6.1.153-1'],
  ['6.12.9+bpo-amd64', '#1 SMP PREEMPT_DYNAMIC Debian 6.12.9-1~bpo12+1 (2025-01-19)', '6.12.9-1~bpo12+1'],
  ['6.12.25+rpt-rpi-v8', '#1 SMP PREEMPT Debian 1:6.12.25-1+rpt1 (2025-04-30)', '1:6.12.25-1+rpt1'],
  ['6.6.9-amd64', '#1 SMP PREEMPT_DYNAMIC Kali 6.6.9-1kali1 (2024-01-08)', '6.6.9-1kali1'],
  ['6.8.0-51-generic', '#52-Ubuntu SMP PREEMPT_DYNAMIC Thu Dec  5 13:09:44 UTC 2024', '6.8.0-51.52'],
  ['6.8.0-51-generic', '#52~22.04.1-Ubuntu SMP PREEMPT_DYNAMIC Mon Dec  9 15:00:52 UTC 2', '6.8.0-51.52~22.04.1'],
  ['6.8.0-1021-aws', '#23-Ubuntu SMP Mon Dec  9 23:59:34 UTC 2024', '6.8.0-1021.23'],
  ['5.14.0-427.13.1.el9_4.x86_64', '#1 SMP PREEMPT_DYNAMIC Wed May 1 19:11:28 UTC 2024', '5.14.0-427.13.1.el9_4'],
  ['5.14.0-427.el9.aarch64+64k', '#1 SMP PREEMPT_DYNAMIC Wed May 1 19:11:28 UTC 2024', '5.14.0-427.el9'],
  ['6.6.16-0-lts', '#1-Alpine SMP PREEMPT_DYNAMIC Mon, 05 Feb 2024 21:22:52 +0000', '6.6.16-r0'],
  // Kernels of nobody's package: a micro VM, one's own build, a mainline build of Ubuntu.
  ['6.18.44-fc-v669', '#1 SMP PREEMPT_DYNAMIC @0', null],
  ['6.18.0-custom', '#2 SMP PREEMPT_DYNAMIC Sun Nov 22 12:00:00 UTC 2026', null],
  ['6.9.1-060901-generic', '#202405171138 SMP PREEMPT_DYNAMIC Fri May 17 12:00:00 UTC 2024', null],
  ['custom', '#52-Ubuntu SMP', null],
])('%s %s runs version %s', (release, build, version) => {
  expect(runningVersion(release, build)).toBe(version);
});

test.each([
  ['6.1.0-40-amd64', 'amd64'],
  ['6.1.0-40-cloud-amd64', 'cloud-amd64'],
  ['6.1.0-40-rt-amd64', 'rt-amd64'],
  ['6.1.0-0.deb11.21-amd64', 'amd64'],
  ['6.12.9+bpo-amd64', 'amd64'],
  ['6.12.90+deb13-amd64', 'amd64'],
  ['6.12.90+deb13.1-amd64', 'amd64'],
  ['6.12.90+deb13-cloud-amd64', 'cloud-amd64'],
  ['6.12-rc6-amd64', 'amd64'],
  ['6.1.0-40-686-pae', '686-pae'],
  ['6.12.90+deb13-686-pae', '686-pae'],
  ['5.10.0-35-armmp-lpae', 'armmp-lpae'],
  ['6.8.0-51-generic', 'generic'],
  ['6.8.0-1021-aws', 'aws'],
  ['6.12.25+rpt-rpi-v8', 'rpi-v8'],
  ['6.18.0', ''],
  ['6.6.16-0-lts', 'lts'],
  ['5.14.0-427.13.1.el9_4.x86_64', ''],
  ['5.14.0-427.el9.x86_64+rt', 'rt'],
  ['5.14.0-427.el9.x86_64+64k-debug', '64k-debug'],
  ['4.18.0-553.rt7.342.el8_10.x86_64', 'rt'],
  ['5.15.0-206.153.7.el9uek.x86_64', 'uek'],
  ['5.15.0-206.153.7.el9uek.x86_64+debug', 'uek+debug'],
])('%s has the flavor %j', (release, flavor) => {
  expect(flavorOf(release)).toBe(flavor);
});
