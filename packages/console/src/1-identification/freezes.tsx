import type { FreezeCalendar } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { Question } from '../parts/question.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { FreezeImportForm } from './freeze-import-form.tsx';
import { FreezeLines } from './freeze-lines.tsx';
import { freezeList, groupList } from './group-queries.ts';

const words = strings.freezes;
const route = getRouteApi('/inside/groups');

/** Times in which nothing is done although a window is open, as calendars name them. */
export function Freezes() {
  const list = useQuery(freezeList);
  const { freezes } = route.useSearch();
  const navigate = route.useNavigate();
  const putImport = (importing: boolean): void =>
    void navigate({ search: importing ? { freezes: 'import' } : {}, replace: true, resetScroll: false });
  const [undone, setUndone] = useState<FreezeCalendar | null>(null);
  const forbidden = useForbidden('operator');
  const items = list.data?.items ?? [];
  return (
    <section aria-label={words.title}>
      <h2 className="ps-subtitle">{words.title}</h2>
      <p className="ps-lead">{words.lead}</p>
      <div className="ps-tools">
        <Action disabledReason={forbidden} onAct={() => putImport(true)}>
          {words.import}
        </Action>
      </div>
      {list.isError && list.data === undefined && <Failed error={list.error} onAgain={() => void list.refetch()} />}
      {list.data !== undefined && items.length === 0 && <p className="ps-subtle">{words.none}</p>}
      <ul className="ps-left-hosts">
        {items.map((calendar) => (
          <li key={calendar.id}>
            <Calendar calendar={calendar} />
            <Action
              small
              label={words.undoOf(calendar.name)}
              disabledReason={forbidden}
              onAct={() => setUndone(calendar)}
            >
              {words.undo}
            </Action>
          </li>
        ))}
      </ul>
      {freezes === 'import' && <FreezeImportForm onClose={() => putImport(false)} />}
      {undone !== null && <UndoQuestion calendar={undone} onClose={() => setUndone(null)} />}
    </section>
  );
}

function Calendar({ calendar }: { readonly calendar: FreezeCalendar }) {
  const { freezes, goesOn, groups, knownUntil, name } = calendar;
  return (
    <>
      <strong>{name}</strong> <span className="ps-subtle">{words.holdsFor(groups)}</span>
      <FreezeLines freezes={freezes} />
      {goesOn && (
        <p className="ps-subtle">
          {words.goesOn} <Clock at={knownUntil} form="exact" />
        </p>
      )}
    </>
  );
}

function UndoQuestion({ calendar, onClose }: { readonly calendar: FreezeCalendar; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: () => call('freeze.undo', { params: { id: calendar.id } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: freezeList.queryKey });
      await queries.invalidateQueries({ queryKey: groupList.queryKey });
    },
  });
  return (
    <Question
      title={words.undoQuestion(calendar.name)}
      act={words.undo}
      busy={undo.isPending ? words.undoing : null}
      keep={words.keep}
      error={undo.error}
      onAct={() => undo.mutate()}
      onClose={onClose}
    >
      <p>{words.undoConsequence}</p>
    </Question>
  );
}
