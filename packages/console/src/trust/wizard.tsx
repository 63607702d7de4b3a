import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { peopleQuery } from '../people/queries.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { type DraftPerson, type RootDraft, stepsOf, todosOf, warningsOf } from './draft.ts';
import { KeyFields } from './key-fields.tsx';
import { WizardPerson } from './wizard-person.tsx';

const words = strings.trust.wizard;
const ORGANIZATION_CHARACTERS_MAX = 255;
/** A root of more people is written in an editor. */
const PEOPLE_MAX = 30;

const EMPTY: RootDraft = {
  profile: 'team',
  organization: '',
  people: [personOf(1)],
  second: { kind: 'ssh', file: 'second.pub', line: '' },
};

function personOf(id: number, login = '', name = '', roles: DraftPerson['roles'] = []): DraftPerson {
  return {
    id,
    login,
    name,
    roles,
    key: { kind: 'ssh', file: login === '' ? `person-${id}.pub` : `${login}.pub`, line: '' },
  };
}

/** Asks who is who, and writes the commands. The root is made where the keys are; nothing of this is sent. */
export function TrustWizard() {
  const [draft, setDraft] = useState(EMPTY);
  const forbidden = useForbidden('administrator');
  const accounts = useQuery({ ...peopleQuery, enabled: forbidden === null });
  const put = (change: Partial<RootDraft>): void => setDraft({ ...draft, ...change });
  const people = draft.profile === 'solo' ? draft.people.slice(0, 1) : draft.people;
  const asked = { ...draft, people };
  const nextId = Math.max(...draft.people.map(({ id }) => id)) + 1;
  const active = accounts.data?.items.filter(({ disabledAt }) => disabledAt === null) ?? [];

  return (
    <>
      <section className="ps-panel ps-wizard" aria-label={words.title}>
        <h2>{words.title}</h2>
        <p className="ps-why">{words.lead}</p>
        <div className="ps-form-grid">
          <TextField
            label={words.organization}
            value={draft.organization}
            onChange={(organization) => put({ organization })}
            charactersMax={ORGANIZATION_CHARACTERS_MAX}
          />
          <ChoiceField
            label={words.profile}
            value={draft.profile}
            words={words.profiles}
            onChange={(profile) => put({ profile })}
          />
        </div>
        {draft.profile === 'solo' && (
          <Verdict tone="warning" title={strings.trust.soloTitle}>
            <p>{strings.trust.soloMeaning}</p>
          </Verdict>
        )}
        {people.map((person, index) => (
          <WizardPerson
            key={person.id}
            title={words.person(index + 1)}
            person={person}
            onChange={(changed) =>
              put({ people: draft.people.map((each) => (each.id === changed.id ? changed : each)) })
            }
            {...(people.length > 1
              ? { onRemove: () => put({ people: draft.people.filter(({ id }) => id !== person.id) }) }
              : {})}
          />
        ))}
        {draft.profile === 'solo' ? (
          <KeyFields
            fileLabel={words.secondKeyFile}
            help={words.secondKeyHelp}
            value={draft.second}
            onChange={(second) => put({ second })}
          />
        ) : (
          <div className="ps-form-actions">
            <Action
              disabledReason={people.length >= PEOPLE_MAX ? words.person(PEOPLE_MAX) : null}
              onAct={() => put({ people: [...draft.people, personOf(nextId)] })}
            >
              {words.addPerson}
            </Action>
            {active.length > 0 && (
              <Action
                variant="link"
                disabledReason={null}
                onAct={() =>
                  put({
                    people: active
                      .slice(0, PEOPLE_MAX)
                      .map(({ login, name, roles }, at) =>
                        personOf(nextId + at, login, name.replaceAll(':', ' '), roles),
                      ),
                  })
                }
              >
                {words.fromAccounts}
              </Action>
            )}
          </div>
        )}
      </section>
      <Steps draft={asked} />
    </>
  );
}

function Steps({ draft }: { readonly draft: RootDraft }) {
  const todos = todosOf(draft);
  if (todos.length > 0) {
    return (
      <section className="ps-panel" aria-label={words.missing}>
        <h2>{words.missing}</h2>
        <ul className="ps-todos">
          {todos.map((todo) => (
            <li key={todo}>{todo}</li>
          ))}
        </ul>
      </section>
    );
  }
  return (
    <section className="ps-panel" aria-label={words.steps}>
      <h2>{words.steps}</h2>
      {warningsOf(draft).map((warning) => (
        <Verdict key={warning} tone="warning" title={warning} />
      ))}
      <ol className="ps-wizard-steps">
        {stepsOf(draft, window.location.origin).map(({ title, commands }) => (
          <li key={title}>
            <strong>{title}</strong>
            {commands.map((command) => (
              <CopyLine key={command} label={title} text={command} />
            ))}
          </li>
        ))}
      </ol>
      <p role="status">
        <strong>{words.waiting}</strong> {words.waitingLead}
      </p>
    </section>
  );
}
