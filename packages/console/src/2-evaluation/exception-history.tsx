import type { ExceptionDetail } from '@patchsteward/contract';
import { Clock } from '../parts/clock.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.exceptions.one;

/** Everything that happened to it, as the record has it. */
export function ExceptionHistory({ one: { events } }: { readonly one: ExceptionDetail }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="ps-subtitle">
        {words.history}
      </h2>
      <ol className="ps-lines ps-exception-history">
        {events.map(({ at, actor, kind, why }) => (
          <li key={`${at} ${kind} ${actor}`}>
            <Clock at={at} form="exact" />
            <span>
              {words.event(kind)} {words.by(actor)}
            </span>
            {why !== null && <span className="ps-subtle ps-break">{why}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
