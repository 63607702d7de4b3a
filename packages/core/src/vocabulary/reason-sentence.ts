import type { Reason, ReasonCode } from './reason.ts';
import { CAMPAIGN_SENTENCES } from './reason-sentence-campaign.ts';
import { HOST_SENTENCES } from './reason-sentence-host.ts';

/** What each reason says to a person, and what to do about it; docs/reasons.md has the long form. */
const SENTENCES: Readonly<Record<ReasonCode, (subject: string) => string>> = {
  'no-feed': (subject) => `Not judged: no feed of advisories is loaded for ${subject}; import one.`,
  'release-not-covered': (subject) =>
    `Not judged: none of the loaded feeds speaks of ${subject}; import the feed of its vendor.`,
  'feed-silent': (subject) =>
    `${subject}: this feed has told nothing new for too long, so what rests on it may be outdated; look at the feeds.`,
  'no-asset-enrolled': (subject) => `Not judged: no asset is enrolled in ${subject}; enroll a host.`,
  'no-agent': (subject) => `${subject} has no agent and no bill of materials, so nobody knows what is installed on it.`,
  'not-reported-yet': (subject) => `${subject} is enrolled but has not reported yet; look at its agent.`,
  'not-judged-yet': (subject) => `Not judged yet: ${subject} reported moments ago; the answer follows by itself.`,
  'updates-not-known': (subject) =>
    `The package manager of ${subject} gave no answer about updates; look at its sources and run its update.`,
  'third-party-origin': (subject) =>
    `${subject} comes from a third party, so the distribution's advisories say nothing about it; watch that vendor.`,
  'version-impossible': (subject) =>
    `${subject} has a version that no package manager installs, so it cannot be compared; check the report.`,
  'version-missing': (subject) => `${subject} is listed without a version, and nobody guesses one; list it with one.`,
  'release-unknown': (subject) =>
    `The list does not say of which release of a distribution ${subject} is; say it with --distro, such as debian:12.`,
  'ecosystem-unknown': (subject) => `The order of versions of ${subject} packages is not known, so none is compared.`,
  'module-unknown': (subject) =>
    `${subject} was built for a module, and the list does not say which; list it with its MODULARITYLABEL.`,
  'owned-by-system-package': (subject) =>
    `The files of ${subject} belong to a package of the distribution, which is judged in its place.`,
  'no-fix-available': (subject) =>
    `No fix for ${subject} is known from the feeds; watch its vendor, mitigate or accept the risk.`,
  'fix-refused': (subject) =>
    `The vendor will not fix ${subject} here; mitigate it, isolate the asset, replace the package, or accept the risk.`,
  'fix-past-support': (subject) =>
    `Nobody fixes ${subject} here any more; move to a supported release, replace the package, mitigate, or accept the risk.`,
  'fix-not-in-configured-origins': (subject) =>
    `No configured origin offers the fix for ${subject}; refresh the package lists or add the origin that has it.`,
  'fix-needs-subscription': (subject) =>
    `The fix comes to subscribers alone: ${subject}; subscribe the host, move it to a release that gets it, or mitigate.`,
  'fix-held': (subject) => `${subject} is held or pinned, so its fix will not be installed; lift the hold, or the pin.`,
  'fix-pinned': (subject) =>
    `A pin keeps ${subject} from its fix, which an origin offers; change the preferences of apt, or let this version come.`,
  'fix-contested': (subject) =>
    `One advisory says that ${subject} is fixed here, a later one names it again with a higher version; check both.`,
  'update-phased': (subject) => `${subject} is offered in phases and not yet to this machine; it comes by itself.`,
  'package-broken': (subject) => `${subject} is only half installed; run \`dpkg --configure -a\` and look again.`,
  'kernel-not-running': (subject) =>
    `${subject} belongs to a kernel but does not run: headers, tools or a kernel that is not booted.`,
  'reboot-pending': (subject) => `${subject}: what is installed does not run yet; reboot.`,
  'restart-pending': (subject) => `${subject} still runs replaced files; restart it.`,
  'restarts-not-known': (subject) =>
    `The agent of ${subject} may not look at every process, so that code from before a fix may still run; let it run as root, or restart by hand.`,
  'fix-installed-not-running': (subject) =>
    `The fix is installed, and ${subject} still runs the code from before it: it is open until that was restarted.`,
  'severity-unknown': (subject) =>
    `No source says how severe ${subject} is; it runs on the critical clock until Security judges it.`,
  'urgency-held': (subject) =>
    `Sources say less of ${subject} than before; it keeps its lane until Security agrees to less.`,
  'exploitation-details-unknown': (subject) =>
    `${subject} is known to be exploited, but not whether an attack can be automated or gives total control.`,
  'environment-differs': (subject) =>
    `${subject} is pinned to another environment than its facts say, so it counts as production and in no test ring; correct the facts, or guard.json on the host.`,
  'criticality-differs': (subject) =>
    `${subject} is pinned to another criticality than its facts say, and the higher one counts; correct the facts, or guard.json on the host.`,
  'exposure-unknown': () => 'Nobody said who can reach the asset, so it is treated as public; set its exposure.',
  backlog: (subject) =>
    `${subject} was released before this asset or its advisory was first seen; the time runs from then.`,
  'released-without-time': (subject) => `Only the day of the release of ${subject} is known: 00:00 UTC is taken.`,
  'released-in-future': (subject) =>
    `The release of ${subject} is dated after today, which cannot be; its first sight is taken instead.`,
  'release-date-unknown': (subject) => `No source dates the release of ${subject}; its first sight is taken instead.`,
  'nothing-to-evaluate': (subject) => `There is neither a finding nor an update for ${subject}.`,
  'platform-ending': (subject) =>
    `The vendor ends its support of ${subject} soon; plan the upgrade to a supported release now.`,
  'platform-end-of-life': (subject) =>
    `${subject} is past its support: no fix will come; upgrade it, mitigate the risk, or take it out of service.`,
  'platform-extended-support': (subject) =>
    `${subject} is past its public support: fixes come to subscribers alone; upgrade it, or see that it is subscribed.`,
  'risk-answered': (subject) =>
    `Somebody answers for ${subject} until a day; it is not late before, and is open again on that day.`,
  'risk-outgrown': (subject) =>
    `${subject} is worse than what somebody answered for, so that answer does not hold for it; patch it, or ask anew.`,
  'risk-reopened': (subject) => `${subject} was answered for until now and is open again; its clock goes on.`,
  'exception-unanswered': (subject) =>
    `Somebody asked for an exception: ${subject}; until others agree its findings stay on their clock.`,
  'exception-needs-others': (subject) =>
    `${subject} needs others: whoever asks never agrees, and each role that must agree is another person.`,
  'due-passed': (subject) => `The due time of ${subject} has passed.`,
  'listing-stale': (subject) =>
    `No list has named ${subject} for more than a month; import a newer one, or take the asset out of the inventory.`,
  'report-stale': (subject) => `${subject} has not reported lately; its state is not known until it does.`,
  'proposal-pending': (subject) =>
    `The host has not said yet what it would install: ${subject}; its agent answers with its next check-in.`,
  'transaction-impossible': (subject) =>
    `The package manager cannot do it: ${subject}; look at held and broken packages of the host.`,
  'authenticity-pending': (subject) =>
    `The signatures and hashes behind ${subject} are being checked; the answer follows by itself.`,
  'origin-not-configured': (subject) =>
    `No administrator configured the origin ${subject}; add it with its key, or take it off the hosts.`,
  'origin-unreachable': (subject) =>
    `The origin ${subject} does not answer as it should; it is tried again by itself, look at the network meanwhile.`,
  'signature-wrong': (subject) =>
    `The index of ${subject} bears no good signature by a pinned key; do not install from it before that is explained.`,
  'index-expired': (subject) =>
    `The index of ${subject} is past the time its publisher set; refresh the origin or its mirror.`,
  'index-not-yet-valid': (subject) => `The index of ${subject} is dated after now; check the clock of this server.`,
  'index-rolled-back': (subject) =>
    `The origin ${subject} serves an index older than one seen before; somebody may be replaying it.`,
  'index-unreadable': (subject) =>
    `The index of ${subject} is not what a signed index must be; look at the publisher or its mirror.`,
  'package-not-listed': (subject) =>
    `No verified index lists ${subject} with these bytes; refresh the origins and ask the host again.`,
  'hash-mismatch': (subject) =>
    `There are other bytes under the same name and version of ${subject}; install nothing of it before that is explained.`,
  'version-not-newer': (subject) => `${subject} is not above what is installed; going back needs a plan of its own.`,
  'package-too-large': (subject) => `${subject} is larger than the store takes.`,
  'byte-store-full': (subject) =>
    `The disk of the byte store has no room for ${subject}; free space on it, and it goes on by itself.`,
  'pair-untested': (subject) =>
    `No host of the test ring has proven ${subject}; add a host that has it to the ring, or accept it untested by signature.`,
  'transaction-not-an-upgrade': (subject) =>
    `What ${subject} would install is no upgrade: it takes packages away, or brings new ones alone; look at its package manager.`,
  'ring-not-apart': (subject) =>
    `${subject} is of the test ring, but not known to be apart from production; set its environment, on the host too.`,
  'no-maintenance-window': (subject) =>
    `${subject} has no maintenance window; give its maintenance group one, or put it into a group that has one.`,
  'window-too-short': (subject) =>
    `Every window of ${subject} is too short for the change and the way back; make one longer.`,
  'no-window-in-time': (subject) =>
    `${subject} finds no window while signatures under the plan hold; its owner can agree to an extraordinary one.`,
  'no-window-before-due': (subject) =>
    `${subject} has its turn only after it is due; agree to an extraordinary window, mitigate, or accept the delay.`,
  'nothing-to-plan': (subject) => `There is no asset in ${subject} that a plan could be made for.`,
  'no-way-back': (subject) =>
    `${subject} has no way back: the versions it had are not kept anywhere; restore it by hand.`,
  ...CAMPAIGN_SENTENCES,
  ...HOST_SENTENCES,
  'no-trust-root': () =>
    'There is no trust root, so nothing can be signed or deployed; make one with `patchsteward trust init`.',
  'passkey-site-missing': (subject) =>
    `${subject} has no host name that passkeys could be bound to; open it over https by a name, or as http://localhost.`,
  'passkey-waiting': (subject) =>
    `${subject} signs nothing yet: an administrator must put it into the trust root by a signed change.`,
  'passkey-leaving': (subject) =>
    `${subject} was removed here and still counts: an administrator must take it out of the trust root.`,
  'notice-without-recipient': (subject) =>
    `Nobody hears of changes to ${subject}; give it an owner with a mail address, or its group a stakeholder.`,
};

/** The reason as one sentence for a person. CLI, API and console all show this one. */
export function sentenceOf(reason: Reason): string {
  return SENTENCES[reason.code](reason.subject);
}
