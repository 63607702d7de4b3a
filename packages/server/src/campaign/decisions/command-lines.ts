import type { DecisionKind, PlanActName } from '@patchsteward/core/campaign';

/** As the help of the command line has it: a key that an ssh-agent holds. The person puts in their own. */
const KEY = '--key ~/.ssh/id_ed25519.pub';
const WHY = '--why "YOUR REASON"';

interface About {
  readonly campaign: string;
  readonly plan: string;
}

/** The line that does on the command line what a button does here, with the plan named: no other may slip in between. */
export function commandOfAct(act: PlanActName, { campaign, plan }: About): string {
  switch (act) {
    case 'request':
      return `patchsteward campaign request ${campaign} --plan ${plan} ${WHY} ${KEY}`;
    case 'sign-test':
      return `patchsteward sign-test ${campaign} --plan ${plan} ${KEY}`;
    case 'agree':
      return `patchsteward agree-window ${campaign} ${KEY}`;
    case 'approve':
      return `patchsteward approve ${campaign} --plan ${plan} ${KEY}`;
    case 'refuse':
      return `patchsteward refuse ${campaign} ${WHY} ${KEY}`;
    case 'revoke':
      return `patchsteward revoke ${campaign} ${WHY} ${KEY}`;
  }
}

/** `plan`: what it is about, where it is about one. null: no signature clears it. */
export function commandOfDecision(
  kind: DecisionKind,
  { campaign, plan, hosts, owner }: { campaign: string; plan: string | null; hosts: readonly string[]; owner: boolean },
): string | null {
  const about = { campaign, plan: plan ?? '' };
  switch (kind) {
    case 'assess-risk':
      return `patchsteward assess-risk ${campaign} --impact low|medium|high ${KEY}`;
    case 'release-files':
      return `patchsteward release-quarantine ${campaign} ${WHY} ${KEY}`;
    case 'sign-test':
      return commandOfAct('sign-test', about);
    case 'accept-test':
      return `patchsteward accept-test ${campaign} ${WHY} ${KEY}`;
    case 'cover-backups':
      return owner
        ? `patchsteward waive-backup ${campaign} --asset ${quoted(hosts[0] ?? 'ASSET')} --until 7d ${WHY} ${KEY}`
        : null;
    case 'request-change':
    case 'request-rollback-plan':
      return commandOfAct('request', about);
    case 'agree-window':
      return commandOfAct('agree', about);
    case 'approve':
    case 'approve-rollback':
      return commandOfAct('approve', about);
    case 'resume':
      return `patchsteward resume ${campaign} ${WHY} ${KEY}`;
    case 'audit':
      return `patchsteward audit ${campaign} ${KEY}`;
  }
}

/** Names of assets are people's own words, and a shell would read some of them. // POSIX 2.2.2 */
function quoted(word: string): string {
  return /^[A-Za-z0-9._-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
