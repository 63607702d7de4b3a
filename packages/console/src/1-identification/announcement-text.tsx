import type { AnnouncementDetail } from '@patchsteward/contract';
import { Link } from '@tanstack/react-router';
import { strings } from '../platform/strings.ts';

const words = strings.announcements;

/** What it says, as text alone; of one that its vendor changed, what is new and what is gone. */
export function AnnouncementText({ one }: { readonly one: AnnouncementDetail }) {
  return (
    <>
      {one.difference !== null && <Difference lines={one.difference} />}
      <section aria-label={words.text}>
        <h2 className="ps-subtitle">{words.text}</h2>
        {one.text === '' ? <p className="ps-subtle">{words.noText}</p> : <p className="ps-announced">{one.text}</p>}
        {one.named.length > 0 && (
          <p className="ps-subtle">
            {words.named}{' '}
            {one.named.map((id, place) => (
              <span key={id}>
                {place > 0 && ', '}
                <Link to="/exposure" search={{ id }}>
                  {id}
                </Link>
              </span>
            ))}
          </p>
        )}
      </section>
    </>
  );
}

function Difference({ lines }: { readonly lines: NonNullable<AnnouncementDetail['difference']> }) {
  return (
    <section aria-label={words.difference}>
      <h2 className="ps-subtitle">{words.difference}</h2>
      <p className="ps-subtle">{words.differenceNote}</p>
      <ul className="ps-difference">
        {lines.map(({ kind, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text repeat, and never move
          <li key={place} className={`ps-line-${kind}`}>
            <span className="ps-unseen">{words.lineOf[kind]}</span>
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
