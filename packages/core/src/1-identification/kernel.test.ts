import { expect, it } from 'vitest';
import type { SystemState } from '../vocabulary/index.ts';
import { identify } from './identify.ts';
import { judge } from './judge.ts';
import { exposedFindings, idleKernels, isIdle, kernelReasons } from './kernel.ts';
import { KERNEL_USER, lingeringFindings } from './lingering.ts';
import { orderOfScope } from './order-of-packages.ts';
import { speakingClaims } from './speaking-claims.ts';
import { claim, index, installed, packageSet } from './testing/samples.ts';

const OLD = 'linux-image-6.1.0-40-amd64';
const NEW = 'linux-image-6.1.0-41-amd64';

const kernel = (name: string, version: string) => installed({ name, source: 'linux', version });
const set = packageSet([
  kernel(OLD, '6.1.153-1'),
  kernel(NEW, '6.1.158-1'),
  kernel('linux-libc-dev', '6.1.153-1'),
  installed({ name: 'curl', version: '1' }),
]);
const claims = index(
  claim({ packageName: 'linux', fixed: '6.1.158-1', vulnerability: 'CVE-2026-0001' }),
  claim({ packageName: 'linux', fixed: '6.1.170-1', vulnerability: 'CVE-2026-0002' }),
  claim({ packageName: 'curl', fixed: '2', vulnerability: 'CVE-2026-0003' }),
);

function shown(members: Partial<SystemState>): string[] {
  const answer = identify(set, claims);
  if (answer.kind === 'not-judged') throw new Error('a feed is loaded');
  const reasons = kernelReasons(answer.findings, { ...system, ...members });
  return answer.findings.map(
    (finding) =>
      `${finding.package} ${finding.vulnerability}: ${
        reasons
          .get(finding)
          ?.map(({ code }) => code)
          .join() ?? ''
      }`,
  );
}

const system: SystemState = {
  hostname: 'h',
  machineId: null,
  architecture: 'amd64',
  bootId: null,
  bootedAt: null,
  runningKernel: '6.1.0-40-amd64',
  installedKernels: [
    { release: '6.1.0-40-amd64', package: OLD, version: '6.1.153-1' },
    { release: '6.1.0-41-amd64', package: NEW, version: '6.1.158-1' },
  ],
  container: false,
  rebootNeeded: true,
  rebootReasons: ['kernel'],
  restartNeeded: null,
  agentVersion: '0',
};

it('asks for a reboot where the fixed kernel is installed but the old one runs', () => {
  expect(shown({})).toEqual([
    'curl CVE-2026-0003: ',
    `${OLD} CVE-2026-0001: fix-installed-not-running,reboot-pending`,
    `${OLD} CVE-2026-0002: `,
    `${NEW} CVE-2026-0002: kernel-not-running`,
    'linux-libc-dev CVE-2026-0001: kernel-not-running',
    'linux-libc-dev CVE-2026-0002: kernel-not-running',
  ]);
});

it('calls the old kernel idle once the new one runs', () => {
  expect(shown({ runningKernel: '6.1.0-41-amd64' })).toEqual([
    'curl CVE-2026-0003: ',
    `${OLD} CVE-2026-0001: kernel-not-running`,
    `${OLD} CVE-2026-0002: kernel-not-running`,
    `${NEW} CVE-2026-0002: `,
    'linux-libc-dev CVE-2026-0001: kernel-not-running',
    'linux-libc-dev CVE-2026-0002: kernel-not-running',
  ]);
});

it('counts every installed image where nobody knows which one runs', () => {
  expect(shown({ runningKernel: '5.10.0-1-amd64' })).toEqual([
    'curl CVE-2026-0003: ',
    `${OLD} CVE-2026-0001: reboot-pending`,
    `${OLD} CVE-2026-0002: `,
    `${NEW} CVE-2026-0002: `,
    'linux-libc-dev CVE-2026-0001: kernel-not-running',
    'linux-libc-dev CVE-2026-0002: kernel-not-running',
  ]);
});

it('tells kernels of one name by their version', () => {
  const rpm = (version: string) => installed({ name: 'kernel-core', source: 'kernel-core', version });
  const both = packageSet([rpm('6.1.153-1'), rpm('6.1.158-1')]);
  const found = identify(both, index(claim({ packageName: 'kernel-core', fixed: '6.1.170-1' })));
  if (found.kind === 'not-judged') throw new Error('a feed is loaded');
  const kernels = system.installedKernels.map((one) => ({ ...one, package: 'kernel-core' }));

  const reasons = kernelReasons(found.findings, { ...system, installedKernels: kernels });

  expect(found.findings.map((one) => [one.installed, reasons.get(one)?.map(({ code }) => code)])).toEqual([
    ['6.1.153-1', undefined],
    ['6.1.158-1', ['kernel-not-running']],
  ]);
});

it('keeps what a removed kernel has while it runs, beside headers of its version and an image that has it as well', () => {
  const left = packageSet(set.packages.filter(({ name }) => name !== OLD));
  const answer = identify(left, claims);
  const source = { scope: 'debian:12', source: 'linux', sourceVersion: '6.1.153-1' };
  const order = orderOfScope('debian:12');
  if (answer.kind === 'not-judged' || order === null) throw new Error('a feed is loaded');
  const judgments = judge(source, speakingClaims({ version: source, order }, claims), order);
  const former = { version: 1, packages: [OLD], users: [KERNEL_USER], source, architecture: 'amd64', judgments };

  const findings = [...answer.findings, ...lingeringFindings([former], answer.findings)];
  const exposed = exposedFindings(findings, { ...system, installedKernels: system.installedKernels.slice(1) });

  expect(exposed.map((one) => `${one.package} ${one.vulnerability}`)).toEqual([
    'curl CVE-2026-0003',
    `${NEW} CVE-2026-0002`,
    `${OLD} CVE-2026-0001`,
  ]);
});

it('in a container no kernel of its own runs', () => {
  const idle = shown({ container: true, installedKernels: [] }).filter((line) => line.endsWith('kernel-not-running'));

  expect(idle.length).toBe(5);
});

it('knows headers without knowing the system, and says of all that is idle one line', () => {
  const answer = identify(set, claims);
  if (answer.kind === 'not-judged') throw new Error('a feed is loaded');
  const reasons = kernelReasons(answer.findings, null);
  const told = answer.findings.map((one) => ({ ...one, reasons: [...one.reasons, ...(reasons.get(one) ?? [])] }));

  expect(told.filter(isIdle).map((one) => one.package)).toEqual(['linux-libc-dev', 'linux-libc-dev']);
  expect(idleKernels(told)).toEqual([
    { source: 'linux', packages: ['linux-libc-dev'], vulnerabilities: 2, findings: 2 },
  ]);
  expect(idleKernels(answer.findings)).toEqual([]);
});
