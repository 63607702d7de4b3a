import type { HOST_REASONS } from './reason-host.ts';

/** What the reasons of a host say to a person, and what to do about each. */
export const HOST_SENTENCES: Readonly<Record<keyof typeof HOST_REASONS, (subject: string) => string>> = {
  'runner-not-installed': (subject) =>
    `The host can only report, for the part of its agent that installs is missing: ${subject}; enable patchsteward-runner.socket.`,
  'plan-not-authorized': (subject) =>
    `The host does not accept the plan: ${subject}; compare its pins with the trust root and the plan.`,
  'guard-unusable': (subject) =>
    `The host cannot read what its owner allows, so it allows nothing: ${subject}; correct guard.json.`,
  'host-busy': (subject) => `The host is at work already: ${subject}; it goes on by itself.`,
  drift: (subject) => `The host would not install what was signed: ${subject}; propose and plan it again.`,
  'artifact-missing': (subject) =>
    `The host could not get a file of its work order: ${subject}; look at the byte store.`,
  'disk-space-low': (subject) => `Not enough room on the host: ${subject}; free some.`,
  'package-manager-busy': (subject) => `Somebody else works with the package manager of the host: ${subject}.`,
  'clock-wrong': (subject) => `The clock of the host cannot be believed: ${subject}; set it.`,
  'service-not-running': (subject) =>
    `What the health profile looks at is missing before the patch, so its absence after it would say nothing: ${subject}; put it right.`,
};
