import type { CallAnswer } from '@patchsteward/contract/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { Question } from '../parts/question.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { CreateApiToken } from './create-api-token.tsx';
import { apiTokensQuery } from './queries.ts';

const words = strings.account.tokens;
const ROW_PX = 56;

type Token = CallAnswer<'api-token.list'>['items'][number];

export function ApiTokens() {
  const [revoking, setRevoking] = useState<Token | null>(null);
  const list = useQuery(apiTokensQuery);
  return (
    <>
      <p className="ps-lead">{words.lead}</p>
      <CreateApiToken />
      {list.isPending && <Loading />}
      {list.data === undefined && list.isError && <Failed error={list.error} onAgain={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={words.none} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        <Table
          label={words.title}
          name="api-tokens"
          columns={columnsFor(setRevoking)}
          rows={list.data.items}
          keyOf={idOf}
          total={list.data.items.length}
          estimatePx={ROW_PX}
          settling={false}
        />
      )}
      {revoking !== null && <RevokeQuestion token={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function columnsFor(revoke: (token: Token) => void): readonly Column<Token>[] {
  return [
    { key: 'note', header: words.note, cell: noteOf },
    { key: 'created', header: words.created, cell: (token) => <Clock at={token.createdAt} form="relative" inRow /> },
    { key: 'expires', header: words.expires, cell: (token) => <Clock at={token.expiresAt} form="exact" inRow /> },
    {
      key: 'used',
      header: words.used,
      cell: (token) =>
        token.lastUsedAt === null ? strings.time.never : <Clock at={token.lastUsedAt} form="relative" inRow />,
    },
    {
      key: 'action',
      header: words.action,
      cell: (token) => (
        <Action small label={`${words.revoke}: ${noteOf(token)}`} disabledReason={null} onAct={() => revoke(token)}>
          {words.revoke}
        </Action>
      ),
    },
  ];
}

function idOf({ id }: Token): string {
  return id;
}

function noteOf({ note }: Token): string {
  return note === null || note === '' ? words.noNote : note;
}

function RevokeQuestion({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => call('api-token.revoke', { params: { id: token.id } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: apiTokensQuery.queryKey });
    },
  });
  return (
    <Question
      title={words.revokeQuestion(noteOf(token))}
      act={words.revoke}
      busy={revoke.isPending ? words.revoking : null}
      keep={words.keep}
      error={revoke.error}
      onAct={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>{words.revokeConsequence}</p>
    </Question>
  );
}
