import type { Policy } from '../policy/index.ts';
import type { BelievedSeverity } from './believed.ts';
import type { SsvcPoint } from './ssvc-point.ts';

/** What of all that sources say counts: by distribution, under '' where no vendor of the distribution speaks. */
export interface Counting {
  readonly believed: Readonly<Record<string, BelievedSeverity>>;
  readonly ssvc: SsvcPoint | null;
}

/**
 * What counts once sources say something else. It makes lanes faster by itself, and slower only by a person: what was
 * urgent stays so, and what made an attack likelier stays, until somebody of Security agrees to less. Between ratings
 * that travel one lane there is nothing to hold, and what nobody had said is no rating. // SOP P2.1 P2.2
 */
export function countingAfter(before: Counting, now: Counting, policy: Pick<Policy, 'critical'>): Counting {
  const names = new Set([...Object.keys(before.believed), ...Object.keys(now.believed)]);
  const believed = [...names].flatMap((name): [string, BelievedSeverity][] => {
    const was = believedAt(before, name);
    const is = believedAt(now, name);
    if (was !== undefined && isUrgent(was, policy) && (is === undefined || !isUrgent(is, policy))) return [[name, was]];
    const said = now.believed[name];
    return said === undefined ? [] : [[name, said]];
  });
  return { believed: Object.fromEntries(believed), ssvc: strictestPoint(before.ssvc, now.ssvc) };
}

/** Something that was on a slower lane may be on a faster one now. What nobody had rated was on the critical clock already. */
export function isRaised(before: Counting, now: Counting, policy: Pick<Policy, 'critical'>): boolean {
  const names = new Set([...Object.keys(before.believed), ...Object.keys(now.believed)]);
  const isRated = ({ severity, cvss }: BelievedSeverity) => severity !== 'unknown' || cvss !== null;
  const isLouder = [...names].some((name) => {
    const was = believedAt(before, name);
    const is = believedAt(now, name);
    return was !== undefined && isRated(was) && !isUrgent(was, policy) && is !== undefined && isUrgent(is, policy);
  });
  return isLouder || isGraver(before.ssvc, now.ssvc);
}

function believedAt({ believed }: Counting, name: string): BelievedSeverity | undefined {
  return believed[name] ?? believed[''];
}

function isUrgent({ severity, cvss }: BelievedSeverity, { critical }: Pick<Policy, 'critical'>): boolean {
  return severity === 'critical' || (cvss !== null && cvss >= critical.cvssMin);
}

const EXPLOITATION = [null, 'none', 'public_poc', 'active'] as const;

function strictestPoint(was: SsvcPoint | null, is: SsvcPoint | null): SsvcPoint | null {
  if (was === null || is === null) return is ?? was;
  const isCalmer = EXPLOITATION.indexOf(is.exploitation) < EXPLOITATION.indexOf(was.exploitation);
  return {
    ...is,
    exploitation: isCalmer ? was.exploitation : is.exploitation,
    automatable: was.automatable === true ? true : is.automatable,
    technicalImpact: was.technicalImpact === 'total' ? 'total' : is.technicalImpact,
  };
}

/** Of a first word only what is graver than nothing; of a later one what is graver than the one before. */
function isGraver(was: SsvcPoint | null, is: SsvcPoint | null): boolean {
  if (is === null) return false;
  return (
    EXPLOITATION.indexOf(is.exploitation) > Math.max(EXPLOITATION.indexOf(was?.exploitation ?? null), 1) ||
    (is.automatable === true && was?.automatable !== true) ||
    (is.technicalImpact === 'total' && was?.technicalImpact !== 'total')
  );
}
