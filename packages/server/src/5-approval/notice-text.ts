import type { Interval, PlanBody, PlanLeaf } from '@patchsteward/core/plan';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { JsonValue } from '../platform/column-types.ts';
import type { Contact, NoticeAsset } from './notice-recipients.ts';

/** Where a system has no zone of its own; the planner's windows are then in UTC as well. */
const NO_ZONE = 'UTC';
/** More lines than this nobody reads in a mail; the rest is counted, and stands in the plan. */
const SYSTEMS_LISTED_MAX = 200;
const FIXES_LISTED_MAX = 20;

export interface NoticeFacts {
  readonly campaign: string;
  readonly title: string;
  readonly plan: string;
  readonly body: Pick<PlanBody, 'lane' | 'requester' | 'summary'>;
  readonly leaves: readonly PlanLeaf[];
  readonly assets: readonly NoticeAsset[];
  /** IANA zone by maintenance group. */
  readonly zones: Readonly<Record<string, string>>;
  /** Names of vulnerabilities that the change closes. */
  readonly fixes: readonly string[];
  /** The requester's own words. */
  readonly why: string | null;
  readonly requester: Contact | null;
  readonly due: Instant | null;
}

export interface NoticeMessage {
  readonly subject: string;
  readonly text: string;
  /** The same for programs. */
  readonly data: { readonly [name: string]: JsonValue };
}

/** What, when, which systems, why, and whom to ask: for the assets that this receiver hears of. // SOP P6.1 P6.2, c13 */
export function noticeMessage(facts: NoticeFacts, assetIds: readonly string[]): NoticeMessage {
  const heard = new Set(assetIds);
  const systems = facts.leaves.filter(({ assetId }) => heard.has(assetId)).map((leaf) => systemOf(facts, leaf));
  const starts = systems.flatMap(({ spans }) => spans.map(({ from }) => from));
  const first = systems.find(({ spans }) => spans.some(({ from }) => from === Math.min(...starts)));
  const firstText = first === undefined ? '' : `, first on ${spanText(earliest(first.spans), first.zone)}`;
  return {
    subject: `Patch planned: ${facts.title} on ${counted(systems.length, 'system')}${firstText}`,
    text: lines(facts, systems).join('\n'),
    data: {
      campaign: facts.campaign,
      plan: facts.plan,
      title: facts.title,
      lane: facts.body.lane,
      due: facts.due === null ? null : isoOf(facts.due),
      fixes: [...facts.fixes],
      why: facts.why,
      requester: facts.body.requester,
      systems: systems.map(({ name, wave, zone, spans, packages, reboot, rollback, restarts }) => ({
        name,
        wave,
        zone,
        reboot,
        rollback,
        restarts: [...restarts],
        packages: packages.map((one) => ({ ...one })),
        starts: spans.map(({ from, until }) => ({ from: isoOf(from), until: isoOf(until) })),
      })),
    },
  };
}

interface System {
  readonly name: string;
  readonly wave: number;
  readonly zone: string;
  readonly spans: readonly Interval[];
  readonly packages: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[];
  readonly restarts: readonly string[];
  readonly reboot: PlanLeaf['reboot'];
  readonly rollback: 'downgrade' | 'none';
}

function systemOf({ assets, zones }: NoticeFacts, leaf: PlanLeaf): System {
  const asset = assets.find(({ assetId }) => assetId === leaf.assetId);
  return {
    name: asset?.name ?? leaf.assetId,
    wave: leaf.wave,
    zone: zones[asset?.maintenanceGroup ?? ''] ?? NO_ZONE,
    spans: leaf.intervals,
    packages: leaf.changes.map(({ name, from, to }) => ({ name, from, to })),
    restarts: leaf.restarts,
    reboot: leaf.reboot,
    rollback: leaf.rollback.kind,
  };
}

function lines(facts: NoticeFacts, systems: readonly System[]): string[] {
  const { requester, body, fixes, why, due } = facts;
  const ask = requester === null ? body.requester : contactText(requester);
  const shown = systems.slice(0, SYSTEMS_LISTED_MAX);
  return [
    'What',
    ...packageLines(systems),
    '',
    'Why',
    ...(fixes.length === 0 ? [] : [`  closes ${fixes.slice(0, FIXES_LISTED_MAX).join(', ')}${more(fixes.length)}`]),
    ...(why === null ? [] : [`  ${why}`]),
    `  lane ${body.lane}${due === null ? '' : `, due ${spanlessText(due, NO_ZONE)}`}`,
    '',
    'When and where (a start is allowed in these times only)',
    ...shown.flatMap(systemLines),
    ...(systems.length > shown.length ? [`  and ${systems.length - shown.length} more systems`] : []),
    '',
    'Whom to ask',
    `  ${ask}`,
    '',
    `Campaign ${facts.campaign}`,
    `Plan ${facts.plan}`,
    '',
  ];
}

function packageLines(systems: readonly System[]): string[] {
  const counts = new Map<string, number>();
  for (const { packages } of systems) {
    for (const { name, from, to } of packages) {
      const line = `${name} ${from ?? '(new)'} -> ${to ?? '(removed)'}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
  }
  return [...counts].map(([line, count]) => `  ${line} on ${counted(count, 'system')}`).sort();
}

function systemLines({ name, spans, zone, wave, restarts, reboot, rollback }: System): string[] {
  const effects = [
    ...(restarts.length === 0 ? [] : [`restarts ${restarts.join(', ')}`]),
    ...(reboot === 'never' ? [] : ['reboots if needed']),
    ...(rollback === 'none' ? ['no way back is prepared'] : []),
  ];
  return [
    `  ${name} (wave ${wave}${effects.length === 0 ? '' : `; ${effects.join('; ')}`})`,
    ...spans.map((span) => `    ${spanText(span, zone)}`),
  ];
}

function more(count: number): string {
  return count > FIXES_LISTED_MAX ? ` and ${count - FIXES_LISTED_MAX} more` : '';
}

function contactText({ name, login, mail }: Contact): string {
  return mail === null ? `${name} (${login})` : `${name} <${mail}>`;
}

function earliest(spans: readonly Interval[]): Interval {
  return spans.reduce((first, span) => (span.from < first.from ? span : first));
}

/** The span in the zone of its system, and in UTC, so that nobody has to know what the zone does that week. */
function spanText(span: Interval, zone: string): string {
  const local = `${spanlessText(span.from, zone)} to ${spanlessText(span.until, zone)}`;
  return zone === NO_ZONE ? local : `${local} (${isoOf(span.from)} to ${isoOf(span.until)})`;
}

function spanlessText(instant: Instant, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
  return `${parts} ${zone}`;
}

function isoOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
