import type { CallAnswer } from '@patchsteward/contract/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { Question } from '../parts/question.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { Tag } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { importList } from './inventory-queries.ts';

const words = strings.imports;
type PastImport = CallAnswer<'asset.imports'>['items'][number];

/** The lists that were imported, each with its way back. */
export function PastImports() {
  const list = useQuery(importList);
  const [undoing, setUndoing] = useState<PastImport | null>(null);
  const [told, setTold] = useState<string | null>(null);
  return (
    <section className="ps-panel">
      <h2>{words.past}</h2>
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <p className="ps-subtle">
          {words.none} {words.noneLead}
        </p>
      )}
      {told !== null && <p role="status">{told}</p>}
      <ul className="ps-import-lines" aria-label={words.past}>
        {(list.data?.items ?? []).map((one) => (
          <Past key={one.id} past={one} onUndo={() => setUndoing(one)} />
        ))}
      </ul>
      {undoing !== null && <UndoQuestion past={undoing} onDone={setTold} onClose={() => setUndoing(null)} />}
    </section>
  );
}

function Past({ past, onUndo }: { readonly past: PastImport; readonly onUndo: () => void }) {
  const { source, by, at, added, changed, unchanged, refused, undoneAt } = past;
  const forbidden = useForbidden('operator');
  return (
    <li>
      <Clock at={at} form="relative" />
      <span className="ps-break">{words.pastLine(source, by)}</span>
      {undoneAt === null ? (
        <Action small label={words.undoOf(source)} disabledReason={forbidden} onAct={onUndo}>
          {words.undo}
        </Action>
      ) : (
        <Tag>{words.undone}</Tag>
      )}
      <span>{words.counts(added, changed, unchanged, refused)}</span>
    </li>
  );
}

interface UndoQuestionProps {
  readonly past: PastImport;
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

function UndoQuestion({ past, onDone, onClose }: UndoQuestionProps) {
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: () => call('asset.undo-import', { params: { id: past.id } }),
    onSuccess: async ({ removed, restored, kept }) => {
      onDone(words.undoResult(removed, restored, kept.length));
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Question
      title={words.undoQuestion(past.source)}
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
