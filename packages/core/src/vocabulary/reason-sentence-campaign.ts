import type { CAMPAIGN_REASONS } from './reason-campaign.ts';

/** What each reason of a campaign says to a person, and what to do about it. */
export const CAMPAIGN_SENTENCES: Readonly<Record<keyof typeof CAMPAIGN_REASONS, (subject: string) => string>> = {
  'event-not-listed': (subject) =>
    `${subject}: that cannot happen now; look at the campaign's state and what it waits for.`,
  'lane-does-not-allow': (subject) => `${subject} is not part of this lane; Security can set another lane.`,
  'requester-not-named': (subject) =>
    `${subject} cannot ask for a change: a person must adopt the campaign and counts as its requester.`,
  'signer-lacks-role': (subject) => `The signature lacks a role that counts here: ${subject}; ask somebody who has it.`,
  'not-the-owner': (subject) => `The signer does not own ${subject}; its owner must sign.`,
  'requester-never-approves': (subject) => `${subject} asked for this change and never approves it; ask somebody else.`,
  'already-signed': (subject) => `${subject} has signed this already; another person must sign.`,
  'key-not-in-root': (subject) =>
    `The trust root has no key of ${subject}, so no signature of theirs counts; an administrator adds one.`,
  'not-your-signature': (subject) => `${subject} has no signature under this plan that could be revoked.`,
  'expiry-not-ahead': (subject) => `${subject} must end later than now and within what the policy allows.`,
  'too-early': (subject) => `${subject} comes too early; it is tried again by itself.`,
  'not-in-scope': (subject) => `${subject} is not in the scope of this campaign or already had its turn.`,
  'already-deployed': (subject) =>
    `${subject} has reached production already, so it cannot just be dropped; halt it or request a rollback.`,
  'nothing-deployed': (subject) => `Nothing of ${subject} was deployed, so there is nothing to roll back; withdraw it.`,
  'scope-not-known': (subject) => `Which assets ${subject} concerns is being computed.`,
  'lane-not-known': (subject) => `The lane of ${subject} is not known yet; Security can set it.`,
  'lane-lowered': (subject) => `A slower lane or a later due time for ${subject} needs Security and an owner together.`,
  'lane-raised': (subject) => `The lane of ${subject} changed, so its plan must be compiled again.`,
  'risk-not-assessed': (subject) => `Nobody has assessed the risk of changing ${subject} yet; sign an assessment.`,
  'files-not-verified': (subject) => `The files for ${subject} are being fetched and verified against signed indexes.`,
  quarantined: (subject) => `The files for ${subject} failed verification; two people of Security can release them.`,
  'mismatch-never-released': (subject) =>
    `${subject}: bytes that differ from the signed index are never released; get them again from the origin.`,
  'test-plan-missing': (subject) =>
    `No plan for the test ring of ${subject} exists yet; it is compiled from proposals.`,
  'test-not-started': (subject) => `The plan for the test ring of ${subject} waits for the signature of IT.`,
  'test-running': (subject) => `The test of ${subject} is running.`,
  'test-host-missing': (subject) =>
    `No host outside production stands in for ${subject}, so nothing was tested; enroll one into the test ring.`,
  'test-failed': (subject) => `${subject} failed in the test ring; mend the cause and test again.`,
  'test-evidence-missing': (subject) =>
    `${subject} gave no evidence, and missing evidence is never a pass; look at its agent.`,
  'test-inconclusive': (subject) =>
    `The test of ${subject} proves nothing either way; test again, or IT and an owner accept it together.`,
  'test-debt-open': (subject) => `${subject} went ahead before its test; the test is still owed.`,
  'versions-differ': (subject) =>
    `${subject} does not have the versions that were planned; look at its package manager.`,
  'service-failed': (subject) => `${subject}: a required service is not healthy after the change; look at its log.`,
  'backup-not-checked': (subject) => `The backups of ${subject} are being checked.`,
  'backup-missing': (subject) => `There is no proof of a backup of ${subject}; make one, or its owner signs a waiver.`,
  'backup-stale': (subject) =>
    `The newest backup of ${subject} is too old; make a fresh one, or its owner signs a waiver.`,
  'backup-of-other-host': (subject) => `The backup proven for ${subject} is that of another host; correct the prober.`,
  'backup-too-small': (subject) =>
    `The newest backup of ${subject} has far another size than those before; check it, or its owner signs a waiver.`,
  'backup-integrity-unknown': (subject) =>
    `The repository that holds the backup of ${subject} was never checked; check its integrity.`,
  'backup-integrity-stale': (subject) =>
    `The last integrity check of the repository that holds the backup of ${subject} is too old; check it again.`,
  'waiver-expired': (subject) => `The owner's waiver for ${subject} has expired; make a backup or sign a new one.`,
  'plan-missing': (subject) => `No plan for the production of ${subject} exists yet; it is compiled from proposals.`,
  'plan-outdated': (subject) => `The plan no longer fits: ${subject}; it must be compiled and approved again.`,
  'plan-not-current': (subject) => `${subject} is not the plan of this campaign; fetch the current one and look again.`,
  'plan-expired': (subject) => `The authority of plan ${subject} has ended; compile and approve a new one.`,
  'plan-replayed': (subject) => `Plan ${subject} was replaced before and never comes back; compile a new one.`,
  'change-not-requested': (subject) => `The requester of ${subject} has not signed its change request yet.`,
  'approval-missing': (subject) => `An approval is missing: ${subject}.`,
  'cli-signature-missing': (subject) =>
    `One approval of ${subject} must be made on the command line, by a client that the server did not serve.`,
  'window-not-agreed': (subject) => `The owner of ${subject} has not agreed to its window yet.`,
  'notice-not-sent': (subject) => `The notices about ${subject} have not gone out yet.`,
  'notice-running': (subject) => `The people concerned were told of ${subject}; the time of notice is running.`,
  'notice-too-short': (subject) => `The notice for ${subject} is shorter than the policy allows; give more time.`,
  'notice-undelivered': (subject) => `The notice could not be delivered to ${subject}; correct the address.`,
  'wave-not-open': (subject) => `Wave ${subject} is not the one whose turn it is.`,
  'wave-running': (subject) => `Hosts are still at work in ${subject}.`,
  'wave-soaking': (subject) => `All hosts of ${subject} are done and are being watched.`,
  'wave-without-success': (subject) => `No host of ${subject} succeeded, so the next wave must not start; look why.`,
  'window-not-open': (subject) => `The window of ${subject} is not open yet.`,
  'window-moved': (subject) =>
    `The signed times of ${subject} are no longer what its windows and freezes allow; the plan is computed again.`,
  'window-over': (subject) => `The windows of ${subject} are over; a new plan with new windows is needed.`,
  'host-silent': (subject) =>
    `${subject} went silent after it was allowed to start and counts as down; bring it back, or declare what it is.`,
  'work-not-taken': (subject) => `Nobody has taken the work on ${subject} yet; the person named there does it by hand.`,
  'work-not-seen': (subject) =>
    `The work on ${subject} is reported done and no list has shown the new version yet; import one that names it.`,
  'host-blocked': (subject) => `${subject} refuses to start; see its reason and clear it.`,
  'host-busy': (subject) => `${subject} is still busy with another plan.`,
  'host-reports-fork': (subject) => `Two machines report as ${subject}; find the clone and enroll it anew.`,
  'group-budget-taken': (subject) => `As many members of ${subject} are down as may be; one must come back first.`,
  'failure-limit': (subject) => `Too many hosts failed: ${subject}; look why, then an approver may resume.`,
  'failures-alike': (subject) => `Several hosts failed alike: ${subject}; look why, then an approver may resume.`,
  'rolled-back-before': (subject) => `${subject} was rolled back under this plan; only a new plan may try it again.`,
  'campaign-not-deploying': (subject) => `${subject} is not deploying.`,
  'campaign-paused': (subject) => `Paused: ${subject}; an approver who did not request it may resume.`,
  'campaign-halted': (subject) => `Halted: ${subject}; an approver who did not request it may resume.`,
  'approval-revoked': (subject) => `${subject} revoked an approval; another one is needed before an approver resumes.`,
  'vendor-withdrew': (subject) => `The vendor withdrew ${subject} after it was deployed; roll back or resume.`,
  'invariant-broken': (subject) => `A promise of the system was broken: ${subject}; find the cause before resuming.`,
  'report-repeated': (subject) => `Report ${subject} was taken before; it has no further effect.`,
  'report-out-of-order': (subject) => `${subject}: the host reports a step that cannot follow the last one.`,
  'grant-outstanding': (subject) => `${subject} was allowed to start and may have; it must report first.`,
  'rollback-running': (subject) => `${subject} is being rolled back.`,
  'rollback-failed': (subject) => `${subject} could not be rolled back; repair it by hand, then an approver resumes.`,
  'soak-running': (subject) => `${subject} is deployed and is being watched.`,
  'soak-failed': (subject) => `${subject} did harm after its deployment; roll back, or an approver resumes.`,
  'soak-inconclusive': (subject) =>
    `What was measured after the deployment of ${subject} proves nothing; measure again.`,
  'rescan-missing': (subject) =>
    `No fresh report has confirmed yet that the fix is in place: ${subject}; its agent tells with its next check-in.`,
  'rescan-not-clean': (subject) => `The scan still finds on ${subject} what was to be fixed; it needs an explanation.`,
  'audit-signature-missing': (subject) => `The audit of ${subject} waits for a signature.`,
  'disposition-missing': (subject) => `Nobody has said yet what becomes of ${subject}; the audit must say it.`,
  'risk-accepted': (subject) => `The risk of ${subject} is accepted for a time; then it opens again.`,
  mitigated: (subject) => `${subject} is mitigated, not patched; when the mitigation ends it opens again.`,
  'approval-unanswered': (subject) => `Nobody has answered the request to approve ${subject}; tell the next in line.`,
  'due-near': (subject) => `Most of the time for ${subject} has passed.`,
};
