import type { ManualLeaf, PlanBody, PlanLeaf } from '@patchsteward/core/plan';
import { isHash } from '@patchsteward/trust';
import { planPhrase } from '@patchsteward/trust/phrase';
import { plainText } from '../platform/text.ts';
import { counted, listed } from '../platform/words.ts';
import type { PlanReading } from './plan-check.ts';
import type { LoadedPlan } from './plan-load.ts';

/** Hosts and their times are shown one by one up to here; --json has all of them. */
const HOSTS_SHOWN_MAX = 50;

const READINGS: Readonly<Record<PlanReading, string>> = {
  holds: 'again here: its times lie in the windows of now, its waves wait for each other, pairs are apart',
  'policy-changed': 'NOT again here: the policy is another one than this plan was made by',
  'not-read': 'as it stands: only plans for production are held against windows and waves',
};

/** What is signed, told from the work orders alone. Names of assets are the server's word, so the ids stand beside. */
export function reviewText(loaded: LoadedPlan, names: ReadonlyMap<string, string>, reading: PlanReading): string {
  const { body, leaves, plan } = loaded;
  const { summary } = body;
  return [
    `Plan      ${plan}`,
    `Phrase    ${phraseOf(plan)}`,
    `Kind      ${body.kind}, lane ${body.lane}, highest criticality ${body.criticality}`,
    `Requester ${plainText(body.requester)}`,
    `Valid     until ${isoOf(body.notAfter)}`,
    `Hosts     ${counted(summary.hosts, 'host')} in ${counted(summary.waves, 'wave')}, from ${isoOf(summary.firstStart)} to ${isoOf(summary.lastEnd)}`,
    '',
    'Packages',
    ...summary.packages.map(
      ({ name, from, to, hosts }) =>
        `  ${plainText(name)}  ${plainText(from ?? '(new)')} -> ${plainText(to ?? '(removed)')}  on ${counted(hosts, 'host')}`,
    ),
    '',
    'Hosts',
    ...leaves.slice(0, HOSTS_SHOWN_MAX).flatMap((leaf) => hostLines(leaf, names)),
    ...(leaves.length > HOSTS_SHOWN_MAX ? [`  and ${leaves.length - HOSTS_SHOWN_MAX} more; see them with --json`] : []),
    '',
    `Reboots   ${summary.reboots === 0 ? 'none' : `allowed on ${counted(summary.reboots, 'host')}`}`,
    `Way back  ${wayBack(leaves)}`,
    `Backups   ${backups(leaves)}`,
    `Evidence  ${body.evidence.length === 0 ? 'none' : body.evidence.map(({ kind, hash }) => `${plainText(kind)} ${hash}`).join('\n          ')}`,
    `Read      ${READINGS[reading]}`,
    ...replaced(body),
    '',
  ].join('\n');
}

function hostLines(leaf: PlanLeaf, names: ReadonlyMap<string, string>) {
  const { assetId, wave, intervals, restarts, reboot, health, backup, rollback, changes } = leaf;
  const effects = [
    counted(changes.length, 'package'),
    ...(restarts.length === 0 ? [] : [`restarts ${listed(restarts)}`]),
    ...(reboot === 'never' ? [] : ['may reboot']),
    ...(checksIn(health) === 0 ? [] : [counted(checksIn(health), 'health check')]),
    ...(backup.kind === 'waiver' ? ['no backup: waived'] : []),
    ...(rollback.kind === 'none' ? [`no way back: ${plainText(rollback.why)}`] : []),
  ];
  return [
    `  ${plainText(names.get(assetId) ?? 'not known')} (${assetId}), wave ${wave}: ${effects.join(', ')}`,
    ...intervals.map(({ from, until }) => `    may start ${isoOf(from)} to ${isoOf(until)}`),
    ...('executor' in leaf ? handLines(leaf) : []),
  ];
}

/** Who does it, and every word of how: that is what is approved. */
function handLines({ person, checklist }: ManualLeaf): string[] {
  const wants = { none: '', note: ' (a note is filed)', file: ' (a file is filed)' };
  return [
    `    by hand: ${plainText(person)}`,
    ...checklist.map(({ step, text, evidence }) => `      ${step}: ${plainText(text)}${wants[evidence]}`),
  ];
}

/** What must hold before and after; what is only wanted decides nothing. */
function checksIn({ units, ports, urls, further }: PlanLeaf['health']): number {
  const errors = (further?.errorLinesMax ?? null) === null ? 0 : 1;
  return units.length + ports.length + urls.length + (further?.files.length ?? 0) + errors;
}

function wayBack(leaves: readonly PlanLeaf[]): string {
  const without = leaves.filter(({ rollback }) => rollback.kind === 'none').length;
  if (without === 0) return 'prepared on every host';
  return `NONE on ${counted(without, 'host')}`;
}

function backups(leaves: readonly PlanLeaf[]): string {
  const count = (kind: string) => leaves.filter(({ backup }) => backup.kind === kind).length;
  const waived = count('waiver');
  const parts = [
    ...(count('proof') === 0 ? [] : [`proved for ${counted(count('proof'), 'host')}`]),
    ...(waived === 0 ? [] : [`WAIVED for ${counted(waived, 'host')}`]),
    ...(count('not-needed') === 0 ? [] : [`not needed for ${counted(count('not-needed'), 'host')} of the test ring`]),
  ];
  return parts.join(', ');
}

function replaced({ supersedes, parent }: PlanBody): string[] {
  return [
    ...(supersedes.length === 0 ? [] : [`Replaces  ${supersedes.join('\n          ')}`]),
    ...(parent === null ? [] : [`Follows   ${parent}`]),
  ];
}

/** Compared by voice or on a second screen: two plans with one phrase would have to be sought for ever. */
function phraseOf(plan: string): string {
  return isHash(plan) ? planPhrase(plan) : '-';
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
