import type { InventorySections } from '@patchsteward/core/vocabulary';
import type { Guard } from '@patchsteward/trust/authorize';
import type { AgentStatus, PinOptions, RunnerStatus } from '../platform/agent-module.ts';
import { plainText } from '../platform/text.ts';

export function enrolledText(
  { assetId, stateDirectory }: { readonly assetId: string; readonly stateDirectory: string },
  pin: PinOptions | undefined,
): string {
  return lines([
    `Enrolled as ${assetId}; the key is kept in ${stateDirectory}.`,
    ...(pin === undefined
      ? ['It only reports: no trust root is pinned.']
      : [`It believes the trust root ${pin.rootSha256} and those that follow from it.`, guardText(pin.guard)]),
  ]);
}

export function leftText({ stateDirectory }: { readonly stateDirectory: string }): string {
  return lines([
    `This machine has left, and its key is gone from ${stateDirectory}. The server keeps the asset until somebody removes it there.`,
  ]);
}

/** The status of an agent in lines for a person. */
export function statusText({ enrolled, running, lastContact, stateDirectory, runner }: AgentStatus): string {
  if (enrolled === null) return lines([`Not enrolled (nothing in ${stateDirectory}).`, ...runnerTexts(runner)]);
  return lines([
    `Enrolled as ${enrolled.assetId} with ${enrolled.server}.`,
    `Certificate valid until ${timeText(enrolled.certificateValidUntil)}; it is renewed before.`,
    running ? 'The agent is running.' : 'No agent is running.',
    contactText(lastContact),
    ...runnerTexts(runner),
  ]);
}

function runnerTexts(runner: RunnerStatus | null): string[] {
  if (runner === null) {
    return ["No runner answers: the agent's package is not installed here, or only root and the agent may ask it."];
  }
  const { rootVersion, guard, problem, job } = runner;
  return [
    problem === null
      ? `The runner believes version ${rootVersion} of the trust root.`
      : `The runner does nothing that changes this host: ${problem}.`,
    ...(guard === null ? [] : [guardText(guard)]),
    job === null ? 'No work order is under way.' : `The work order ${job} is under way.`,
  ];
}

/** The most that may be done to the host, whoever signs. */
function guardText({ environment, criticality, allow, packagesDenied }: Guard): string {
  const lanes = `lanes ${listText(allow.lanes)}`;
  const reboot = allow.reboot ? 'may reboot' : 'never reboots';
  const kernel = allow.kernel ? 'may change its kernel' : 'never changes its kernel';
  return `Its guard: ${environment}, ${criticality}, ${lanes}, ${reboot}, ${kernel}; packages never touched: ${listText(packagesDenied)}.`;
}

function contactText(contact: AgentStatus['lastContact']): string {
  if (contact === null) return 'It has not checked in yet.';
  const at = timeText(contact.at);
  return contact.accepted
    ? `Last check-in: ${at}, accepted.`
    : `Last check-in: ${at}, failed: ${contact.problem ?? '?'}`;
}

/** The inventory in a few lines; all of it is in the JSON. */
export function inventoryText({ packages, updates, origins, system }: InventorySections): string {
  const { packages: installed, release } = packages;
  const held = installed.filter(({ hold }) => hold).length;
  const broken = installed.filter(({ state }) => state === 'broken').length;
  const nowhere = installed.filter((one) => one.origins?.length === 0).length;
  return lines([
    `${system.hostname}: ${release.prettyName}, ${system.architecture}${system.container ? ', in a container' : ''}`,
    `Packages: ${installed.length} installed, ${held} held, ${broken} broken, ${nowhere} that no origin lists`,
    updatesText(updates),
    `Origins: ${origins.origins.length}, ${origins.origins.filter(({ signed }) => signed).length} of them signed`,
    `Kernel: ${system.runningKernel} runs; installed: ${listText(system.installedKernels.map(({ release }) => release))}`,
    `Reboot: ${system.rebootNeeded ? `needed (${listText(system.rebootReasons)})` : 'not needed'}`,
    `Restarts: ${system.restartNeeded === null ? 'not known to this user' : listText(system.restartNeeded)}`,
  ]);
}

function updatesText({ updates, unanswered }: InventorySections['updates']): string {
  if (unanswered !== null) return `Updates: not known: ${unanswered}`;
  const phased = updates.filter((update) => update.phased).length;
  return `Updates: ${updates.length} offered${phased === 0 ? '' : `, ${phased} of them not yet to this machine`}`;
}

function listText(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

function timeText(instant: number): string {
  return new Date(instant).toISOString();
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${plainText(text)}\n`).join('');
}
