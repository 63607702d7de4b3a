import type { TellingPreferences } from '@patchsteward/contract';
import type { TellingWay } from '@patchsteward/core/2-evaluation';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { preferencesQuery } from '../2-evaluation/told-queries.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { Tag } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';

const words = strings.told.how;
type Kind = TellingPreferences['kinds'][number];
const WAYS = ['at-once', 'digest', 'quiet'] as const satisfies readonly TellingWay[];
/** The word of whoever said nothing. */
const AS_EVERYBODY = 'as-everybody';

/** How the person who is signed in hears of each kind of thing; each choice counts from the moment it is made. */
export function ToldPreferences() {
  const preferences = useQuery(preferencesQuery);
  if (preferences.isPending) return <Loading />;
  if (preferences.data === undefined) {
    return <Failed error={preferences.error} onAgain={() => void preferences.refetch()} />;
  }
  const { mail, kinds } = preferences.data;
  return (
    <section className="ps-panel" aria-label={words.title}>
      <p>{mail === null ? words.noMail : words.mail(mail)}</p>
      <p className="ps-subtle">{words.rules}</p>
      <ul className="ps-ways">
        {kinds.map((kind) => (
          <Way key={kind.kind} kind={kind} />
        ))}
      </ul>
      <div className="ps-form-actions">
        <Link to="/told">{words.toList}</Link>
      </div>
    </section>
  );
}

function Way({ kind: { kind, way, chosen, otherwise } }: { readonly kind: Kind }) {
  const id = useId();
  const helpId = useId();
  const queries = useQueryClient();
  const [said, setSaid] = useState<string | null>(null);
  const set = useMutation({
    mutationFn: (next: TellingWay | null) => call('telling.set', { body: { kind, way: next } }),
    onSuccess: (answer, next) => {
      queries.setQueryData(preferencesQuery.queryKey, answer);
      setSaid(words.saved(strings.told.kinds[kind], strings.told.ways[next ?? otherwise]));
    },
  });
  const shown = chosen ? way : AS_EVERYBODY;
  return (
    <li>
      <label htmlFor={id}>{strings.told.kinds[kind]}</label>
      <select
        id={id}
        // What was chosen stands there while it is sent.
        value={set.isPending ? (set.variables ?? AS_EVERYBODY) : shown}
        aria-describedby={helpId}
        onChange={({ target }) => set.mutate(WAYS.find((one) => one === target.value) ?? null)}
      >
        <option value={AS_EVERYBODY}>{words.asEverybody(strings.told.ways[otherwise])}</option>
        {WAYS.map((one) => (
          <option key={one} value={one}>
            {strings.told.ways[one]}
          </option>
        ))}
      </select>
      <span id={helpId} className="ps-subtle">
        {strings.told.explained[kind]} {chosen && <Tag>{words.chosen}</Tag>}
        <span role="status" className="ps-unseen">
          {set.isPending ? words.saving : said}
        </span>
      </span>
      {set.isError && <Failed error={set.error} />}
    </li>
  );
}
