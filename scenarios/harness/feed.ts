import { type CampaignEvent, explain, fold, isEnd, type Recorded, standsIn, step } from '@patchsteward/core/campaign';
import { instantText, sentenceOf } from '@patchsteward/core/vocabulary';
import { POLICY, type Stage } from './stage.ts';

/** Everything that was taken, so that the state can be folded again. */
const HISTORY = new WeakMap<Stage, Recorded[]>();

/** Feeds an event into the machine and writes down what became of it. */
export function feed(stage: Stage, event: CampaignEvent, by: string): void {
  const before = stage.campaign;
  const stepped = step(before, event, { now: stage.now, policy: POLICY, by });
  if ('refused' in stepped) {
    tell(stage, by, `${event.kind}${detailOf(event)}: refused. ${sentenceOf(stepped.refused)}`);
    return;
  }
  remember(stage, stepped.events);
  const { state, timers, commands } = stepped;
  stage.campaign = state;
  const keys = new Set(timers.map(({ key }) => key));
  stage.timers = [...stage.timers.filter(({ key }) => !keys.has(key)), ...timers].toSorted((a, b) => a.at - b.at);
  const moved = before?.name === state.name ? '' : ` -> ${state.name}, room ${standsIn(state)}`;
  tell(stage, by, `${event.kind}${detailOf(event)}${moved}`);
  for (const command of commands) {
    if (command.kind === 'tell') more(stage, `told to ${command.roles.join(', ')}: ${sentenceOf(command.reason)}`);
    else more(stage, command.kind);
  }
  if (moved !== '' && !isEnd(state.name)) waits(stage);
}

/** What the campaign waits for, as its people read it. */
export function waits(stage: Stage): void {
  if (stage.campaign === null) return;
  more(stage, explain(stage.campaign, { now: stage.now, policy: POLICY }).sentence);
}

export function tell({ now, transcript }: Stage, who: string, what: string): void {
  transcript.push(`${instantText(now)}  ${who.padEnd(7)} ${what}`);
}

export function more({ transcript }: Stage, what: string): void {
  transcript.push(`${' '.repeat(30)}${what}`);
}

/** Time passes, and what falls due meanwhile happens in its order. */
export function pass(stage: Stage, untilMs: number): void {
  for (;;) {
    const [next, ...later] = stage.timers;
    if (next === undefined || next.at > untilMs) break;
    stage.timers = later;
    stage.now = Math.max(stage.now, next.at);
    if (stage.campaign !== null && !over(stage)) feed(stage, next.event, 'system');
  }
  stage.now = untilMs;
}

/** Whether the story's campaign is what its events make of it. */
export function folded(stage: Stage): unknown {
  return fold(HISTORY.get(stage) ?? []);
}

/** The word that tells two events of a kind apart. */
function detailOf(event: CampaignEvent): string {
  if ('lane' in event) return ` ${event.lane}`;
  if ('result' in event) return ` ${event.result}`;
  if (event.kind === 'plan.compiled') return ` ${event.planKind}, ${event.plan.slice('sha256:'.length)}`;
  if (event.kind === 'wave.closed') return ` ${event.wave}: ${event.succeeded} succeeded, ${event.failed} failed`;
  if ('wave' in event) return ` ${event.wave}`;
  if (event.kind === 'timer.fired') return ` ${event.timer}`;
  if (event.kind === 'host.declared') return ` ${event.assetId} ${event.as}`;
  if (event.kind === 'backup.checked') return ` ${event.proofs.length} covered, ${event.missing.length} missing`;
  return 'why' in event ? ` "${event.why}"` : '';
}

function over({ campaign }: Stage): boolean {
  return campaign !== null && isEnd(campaign.name) && campaign.end?.until === null;
}

function remember(stage: Stage, events: readonly Recorded[]): void {
  HISTORY.set(stage, [...(HISTORY.get(stage) ?? []), ...events]);
}
