import type { Reason, ReasonCode } from './reason.ts';

/** What each reason says to a person, and what to do about it; docs/reasons.md has the long form. */
const SENTENCES: Readonly<Record<ReasonCode, (subject: string) => string>> = {
  'no-feed': (subject) => `Not judged: no feed of advisories is loaded for ${subject}; import one.`,
  'release-not-covered': (subject) =>
    `Not judged: none of the loaded feeds speaks of ${subject}; import the feed of its vendor.`,
  'no-asset-enrolled': (subject) => `Not judged: no asset is enrolled in ${subject}; enroll a host.`,
  'not-reported-yet': (subject) => `${subject} is enrolled but has not reported yet; look at its agent.`,
  'not-judged-yet': (subject) => `Not judged yet: ${subject} reported moments ago; the answer follows by itself.`,
  'updates-not-known': (subject) =>
    `The package manager of ${subject} gave no answer about updates; look at its sources and run its update.`,
  'third-party-origin': (subject) =>
    `${subject} comes from a third party, so the distribution's advisories say nothing about it; watch that vendor.`,
  'version-impossible': (subject) =>
    `${subject} has a version that no package manager installs, so it cannot be compared; check the report.`,
  'no-fix-available': (subject) => `The vendor has no fix for ${subject} yet; mitigate or accept the risk.`,
  'fix-not-in-configured-origins': (subject) =>
    `No configured origin offers the fix for ${subject}; refresh the package lists or add the origin that has it.`,
  'fix-held': (subject) => `${subject} is on hold, so its fix will not be installed; lift the hold.`,
  'fix-contested': (subject) =>
    `One advisory says that ${subject} is fixed here, a later one names it again with a higher version; check both.`,
  'update-phased': (subject) => `${subject} is offered in phases and not yet to this machine; it comes by itself.`,
  'package-broken': (subject) => `${subject} is only half installed; run \`dpkg --configure -a\` and look again.`,
  'kernel-not-running': (subject) =>
    `${subject} belongs to a kernel but does not run: headers, tools or a kernel that is not booted.`,
  'reboot-pending': (subject) => `${subject}: what is installed does not run yet; reboot.`,
  'restart-pending': (subject) => `${subject} still runs replaced files; restart it.`,
  'severity-unknown': (subject) =>
    `No source says how severe ${subject} is; it runs on the critical clock until Security judges it.`,
  'exploitation-details-unknown': (subject) =>
    `${subject} is known to be exploited, but not whether an attack can be automated or gives total control.`,
  'exposure-unknown': () => 'Nobody said who can reach the asset, so it is treated as public; set its exposure.',
  backlog: (subject) =>
    `${subject} was released before this asset or its advisory was first seen; the time runs from then.`,
  'released-without-time': (subject) => `Only the day of the release of ${subject} is known: 00:00 UTC is taken.`,
  'released-in-future': (subject) =>
    `The release of ${subject} is dated after today, which cannot be; its first sight is taken instead.`,
  'release-date-unknown': (subject) => `No source dates the release of ${subject}; its first sight is taken instead.`,
  'nothing-to-evaluate': (subject) => `There is neither a finding nor an update for ${subject}.`,
  'due-passed': (subject) => `The due time of ${subject} has passed.`,
  'report-stale': (subject) => `${subject} has not reported for too long; its state is not known.`,
};

/** The reason as one sentence for a person. CLI, API and console all show this one. */
export function sentenceOf(reason: Reason): string {
  return SENTENCES[reason.code](reason.subject);
}
