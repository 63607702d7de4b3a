import type { PersonBody } from '@patchsteward/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Question } from '../parts/question.tsx';
import { Failed, Freshness, Loading } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { call } from '../platform/client.ts';
import { useShortcut } from '../platform/keys.ts';
import { useForbidden, useSession } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { AddPerson } from './add-person.tsx';
import { EditPerson } from './edit-person.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { personColumns } from './person-row.tsx';
import { peopleQuery, trustQuery } from './queries.ts';

const words = strings.people;
const ROW_PX = 76;
const route = getRouteApi('/inside/people');

type Asked = { readonly kind: 'link' | 'disable'; readonly person: PersonBody };

/** Who may come in. // SOP R1-R4 */
export function PeopleScreen() {
  useTitle(words.title);
  const { form, person: login } = route.useSearch();
  const navigate = route.useNavigate();
  const put = (search: { readonly form?: 'add'; readonly person?: string }): void =>
    void navigate({ search, replace: true, resetScroll: false });
  const forbidden = useForbidden('administrator');
  const people = useQuery({ ...peopleQuery, enabled: forbidden === null });
  const trust = useQuery(trustQuery);
  const self = useSession()?.person?.login ?? null;
  const [asked, setAsked] = useState<Asked | null>(null);
  const refresh = (): void => void people.refetch();
  useShortcut('r', strings.keys.refresh, refresh);
  const enable = useEnable();
  const edited = people.data?.items.find((each) => each.login === login);

  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
        {people.data !== undefined && <p className="ps-subtle">{words.total(people.data.items.length)}</p>}
        {people.data !== undefined && (
          <Freshness at={people.dataUpdatedAt} error={people.error} loading={people.isFetching} onRefresh={refresh} />
        )}
      </div>
      <p className="ps-lead">{words.lead}</p>
      {form === 'add' ? (
        <AddPerson onClose={() => put({})} />
      ) : (
        <Action variant="primary" disabledReason={forbidden} onAct={() => put({ form: 'add' })}>
          {words.add}
        </Action>
      )}
      <h2 className="ps-subtitle">{words.listTitle}</h2>
      {forbidden !== null && <p className="ps-subtle">{forbidden}</p>}
      {forbidden === null && people.isPending && <Loading />}
      {people.data === undefined && people.isError && <Failed error={people.error} onAgain={refresh} />}
      {enable.isError && <Failed error={enable.error} />}
      {people.data !== undefined && (
        <Table
          label={words.listTitle}
          name="people"
          columns={personColumns({
            trust: trust.data ?? null,
            self,
            edit: (person) => put({ person: person.login }),
            ask: (kind, person) => setAsked({ kind, person }),
            enable: (person) => enable.mutate(person.login),
            enabling: enable.isPending ? enable.variables : null,
          })}
          rows={people.data.items}
          keyOf={loginOf}
          total={people.data.items.length}
          estimatePx={ROW_PX}
          settling={false}
        />
      )}
      {edited !== undefined && <EditPerson key={edited.login} person={edited} onClose={() => put({})} />}
      {asked?.kind === 'link' && <NewLink person={asked.person} onClose={() => setAsked(null)} />}
      {asked?.kind === 'disable' && <Disable person={asked.person} onClose={() => setAsked(null)} />}
    </>
  );
}

function loginOf({ login }: { readonly login: string }): string {
  return login;
}

function useEnable() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (login: string) => call('person.change', { params: { login }, body: { disabled: false } }),
    onSettled: () => queries.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
}

interface AskProps {
  readonly person: PersonBody;
  readonly onClose: () => void;
}

function NewLink({ person, onClose }: AskProps) {
  const queries = useQueryClient();
  const invite = useMutation({
    mutationFn: () => call('person.invite', { params: { login: person.login } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  if (invite.data !== undefined) {
    return (
      <div className="ps-over">
        <InvitationLink person={person} invitation={invite.data.invitation} onDone={onClose} />
      </div>
    );
  }
  return (
    <Question
      title={words.newLinkQuestion(person.name)}
      act={words.makeLink}
      busy={invite.isPending ? words.making : null}
      keep={words.keep}
      error={invite.error}
      onAct={() => invite.mutate()}
      onClose={onClose}
    >
      <p>{words.newLinkConsequence}</p>
    </Question>
  );
}

function Disable({ person, onClose }: AskProps) {
  const queries = useQueryClient();
  const disable = useMutation({
    mutationFn: () => call('person.change', { params: { login: person.login }, body: { disabled: true } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
    },
  });
  return (
    <Question
      title={words.disableQuestion(person.name)}
      act={words.disable}
      busy={disable.isPending ? words.disabling : null}
      keep={words.keep}
      error={disable.error}
      onAct={() => disable.mutate()}
      onClose={onClose}
    >
      <p>{words.disableConsequence}</p>
    </Question>
  );
}
