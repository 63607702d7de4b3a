import type { ReasonBody } from '@patchsteward/contract';
import type { ReactNode } from 'react';
import { strings } from '../platform/strings.ts';
import { AddressLink } from './address-link.tsx';
import { Clock } from './clock.tsx';
import { WarningIcon } from './icons.ts';
import { groupedReasons, type ReasonGroup } from './reason-groups.ts';

/** More links than this under one sentence are a list, and stand with their subjects. */
const PLACES_MAX = 3;

type Clearer = keyof typeof strings.role;

/** Where a reason is mended, if that is another screen. */
interface Remedy {
  readonly to: string;
  readonly words: string;
}
export type RemedyOf = (reason: ReasonBody) => Remedy | null;

/** Why something does not simply go on, who can change that, and by when. */
export function Reason({ reason, children }: { readonly reason: ReasonBody; readonly children?: ReactNode }) {
  return (
    <div className="ps-reason">
      <WarningIcon />
      <div>
        <ReasonText reason={reason} />
        {children}
      </div>
    </div>
  );
}

function ReasonText({ reason }: { readonly reason: ReasonBody }) {
  return (
    <p>
      {reason.sentence}{' '}
      <span className="ps-reason-who">
        {clearableBy(reason.clearableBy)}
        {reason.by !== null && (
          <>
            {' '}
            {strings.reason.by} <Clock at={reason.by} form="exact" />.
          </>
        )}
      </span>
    </p>
  );
}

interface ReasonsProps {
  readonly title: string;
  readonly reasons: readonly ReasonBody[];
  readonly remedyOf?: RemedyOf;
}

/** What is said of many hosts is said once, with their names behind it. */
export function Reasons({ title, reasons, remedyOf = noRemedy }: ReasonsProps) {
  if (reasons.length === 0) return null;
  return (
    <section className="ps-reasons" aria-label={title}>
      {groupedReasons(reasons).map((group) => (
        <Reason key={`${group[0].code} ${group[0].subject}`} reason={group[0]}>
          <Others group={group} remedyOf={remedyOf} />
        </Reason>
      ))}
    </section>
  );
}

/** The same within a box that says what it is about. */
export function ReasonLines({ title, reasons, remedyOf = noRemedy }: ReasonsProps) {
  if (reasons.length === 0) return null;
  return (
    <ul className="ps-reason-lines" aria-label={title}>
      {groupedReasons(reasons).map((group) => (
        <li key={`${group[0].code} ${group[0].subject}`}>
          <ReasonText reason={group[0]} />
          <Others group={group} remedyOf={remedyOf} />
        </li>
      ))}
    </ul>
  );
}

function noRemedy(): null {
  return null;
}

/** Of whom the same is said. Where few places mend all of it they are named at once, else each beside its subject. */
function Others({ group, remedyOf }: { readonly group: ReasonGroup; readonly remedyOf: RemedyOf }) {
  const places = new Map(group.flatMap((reason) => placeOf(remedyOf(reason))));
  const few = places.size <= PLACES_MAX;
  return (
    <>
      {few && [...places.values()].map((remedy) => <RemedyLink key={remedy.to} remedy={remedy} />)}
      {group.length > 1 && (
        <details className="ps-reason-others">
          <summary>{strings.reason.saidOf(group.length)}</summary>
          <ul>
            {group.map((reason) => (
              <li key={reason.subject}>
                <span className="ps-break">{reason.subject}</span>
                {!few && <RemedyLink remedy={remedyOf(reason)} />}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function placeOf(remedy: Remedy | null): readonly (readonly [string, Remedy])[] {
  return remedy === null ? [] : [[remedy.to, remedy]];
}

function RemedyLink({ remedy }: { readonly remedy: Remedy | null }) {
  return remedy === null ? null : (
    <AddressLink to={remedy.to} className="ps-remedy">
      {remedy.words}
    </AddressLink>
  );
}

function clearableBy(clearers: readonly string[]): string {
  const people = clearers.filter((clearer) => clearer !== 'system');
  if (people.length === 0) return strings.reason.clearsItself;
  return strings.reason.clearableBy(people.map(nameOf).join(strings.reason.or));
}

/** A role this console does not know yet keeps its own word. */
function nameOf(clearer: string): string {
  return isClearer(clearer) ? strings.role[clearer] : clearer;
}

function isClearer(word: string): word is Clearer {
  return word in strings.role;
}
