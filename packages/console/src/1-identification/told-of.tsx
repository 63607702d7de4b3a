import { useQuery } from '@tanstack/react-query';
import { Clock } from '../parts/clock.tsx';
import { strings } from '../platform/strings.ts';
import { toldOf } from './announcement-queries.ts';

const words = strings.told;

/** Who was told of it by mail, and when: nobody needs to ask around. // checklist c7 */
export function ToldOf({ about }: { readonly about: string }) {
  const { data } = useQuery(toldOf(about));
  if (data === undefined) return null;
  return (
    <section aria-label={words.title}>
      <h2 className="ps-subtitle">{words.title}</h2>
      {data.items.length === 0 && <p className="ps-subtle">{data.hasMail ? words.nobody : words.noMail}</p>}
      <ul className="ps-lines">
        {data.items.map(({ id, name, state, sentAt, answer }) => (
          <li key={id}>
            <strong>{name}</strong>
            <span>
              {words.states[state]} {sentAt !== null && <Clock at={sentAt} form="exact" />}
            </span>
            {state !== 'sent' && answer !== null && <span className="ps-subtle">{answer}</span>}
          </li>
        ))}
      </ul>
      {data.total > data.items.length && <p className="ps-subtle">{words.more(data.total - data.items.length)}</p>}
    </section>
  );
}
