import type { ReasonBody } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';
import { Clock } from './clock.tsx';
import { WarningIcon } from './icons.ts';

type Clearer = keyof typeof strings.role;

/** Why something does not simply go on, who can change that, and by when. */
export function Reason({ reason }: { readonly reason: ReasonBody }) {
  return (
    <div className="ps-reason">
      <WarningIcon />
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
    </div>
  );
}

export function Reasons({ title, reasons }: { readonly title: string; readonly reasons: readonly ReasonBody[] }) {
  if (reasons.length === 0) return null;
  return (
    <section className="ps-reasons" aria-label={title}>
      {reasons.map((reason) => (
        <Reason key={`${reason.code} ${reason.subject}`} reason={reason} />
      ))}
    </section>
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
