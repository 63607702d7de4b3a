import type { FreezeBody, FreezeCalendar } from '@patchsteward/contract';
import { Clock } from '../parts/clock.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.freezes;
/** What a person reads; the command line and the API have all. */
const SHOWN = 5;

export function FreezeLines({ freezes }: Pick<FreezeCalendar, 'freezes'>) {
  const more = freezes.length - SHOWN;
  return (
    <ul>
      {freezes.slice(0, SHOWN).map(({ uid, title, freeze }) => (
        <li key={`${uid} ${freeze.from}`}>
          {title} · <FreezeSpan freeze={freeze} />
        </li>
      ))}
      {more > 0 && <li className="ps-subtle">{words.more(more)}</li>}
    </ul>
  );
}

function FreezeSpan({ freeze }: { readonly freeze: FreezeBody }) {
  if (freeze.kind === 'local') {
    const [from, until] = [freeze.from, freeze.until].map((text) => text.replace('T', ' '));
    return <>{words.local(from ?? '', until ?? '')}</>;
  }
  return (
    <>
      <Clock at={freeze.from} form="exact" /> – <Clock at={freeze.until} form="exact" />
    </>
  );
}
