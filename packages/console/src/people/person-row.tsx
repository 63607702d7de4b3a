import type { PersonBody, TrustShown } from '@patchsteward/contract';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { ClockIcon, GoodIcon, RevokedIcon, WarningIcon } from '../parts/icons.ts';
import type { Column } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { now } from '../platform/now.ts';
import { strings } from '../platform/strings.ts';
import { instantOf } from '../platform/time.ts';

const words = strings.people;

interface RowActs {
  /** null while it is loading. */
  readonly trust: TrustShown | null;
  /** The login of whoever is signed in: a new link would end the very session that shows it. */
  readonly self: string | null;
  readonly edit: (person: PersonBody) => void;
  readonly ask: (kind: 'link' | 'disable', person: PersonBody) => void;
  readonly enable: (person: PersonBody) => void;
  /** The login that is being enabled. */
  readonly enabling: string | null;
}

export function personColumns(acts: RowActs): readonly Column<PersonBody>[] {
  return [
    {
      key: 'person',
      header: words.columns.person,
      cell: (person) => (
        <>
          <strong>{person.name}</strong>
          <span className="ps-second">
            {person.login} · {person.mail ?? words.noMail}
          </span>
        </>
      ),
    },
    {
      key: 'roles',
      header: words.columns.roles,
      cell: ({ roles }) =>
        roles.length === 0 ? (
          <span className="ps-subtle">{words.noRoles}</span>
        ) : (
          <span className="ps-tags">
            {roles.map((role) => (
              <Tag key={role} hint={words.roleDoes[role]}>
                {strings.roleTitle[role]}
              </Tag>
            ))}
          </span>
        ),
    },
    {
      key: 'keys',
      header: words.columns.keys,
      cell: (person) => acts.trust !== null && <Keys person={person} trust={acts.trust} />,
    },
    { key: 'state', header: words.columns.state, cell: (person) => <State person={person} /> },
    { key: 'action', header: words.columns.action, cell: (person) => <Acts person={person} acts={acts} /> },
  ];
}

function Keys({ person, trust }: { readonly person: PersonBody; readonly trust: TrustShown }) {
  if (trust.root === null) return <span className="ps-subtle">{words.noRoot}</span>;
  const entry = trust.root.people.find(({ login }) => login === person.login);
  if (entry === undefined) return <span className="ps-subtle">{words.noKeys}</span>;
  return (
    <>
      <span>{words.keys(entry.keys.length)}</span>
      <span className="ps-second">{words.rootRoles(entry.roles.map(roleTitle).join(', '))}</span>
    </>
  );
}

/** A role of the root that has no account role, such as breakglass, keeps its own word. */
export function roleTitle(role: string): string {
  return role in strings.roleTitle ? strings.roleTitle[role as keyof typeof strings.roleTitle] : role; // `in` narrows no key.
}

function State({ person: { disabledAt, invitedUntil, passwordExpiresAt } }: { readonly person: PersonBody }) {
  if (disabledAt !== null) {
    return <Tag icon={RevokedIcon}>{words.state.disabled}</Tag>;
  }
  if (invitedUntil !== null && instantOf(invitedUntil) > now()) {
    return <Waiting text={words.state.invited} until={invitedUntil} />;
  }
  if (passwordExpiresAt === null) {
    return (
      <Tag tone="good" icon={GoodIcon}>
        {words.state.active}
      </Tag>
    );
  }
  if (instantOf(passwordExpiresAt) > now()) return <Waiting text={words.state.oneTime} until={passwordExpiresAt} />;
  return (
    <Tag tone="warning" icon={WarningIcon}>
      {words.state.out}
    </Tag>
  );
}

function Waiting({ text, until }: { readonly text: string; readonly until: string }) {
  return (
    <>
      <Tag tone="info" icon={ClockIcon}>
        {text}
      </Tag>
      <span className="ps-second">
        {words.until} <Clock at={until} form="exact" inRow />
      </span>
    </>
  );
}

function Acts({ person, acts }: { readonly person: PersonBody; readonly acts: RowActs }) {
  const named = (verb: string): string => `${verb}: ${person.name}`;
  if (person.disabledAt !== null) {
    return (
      <Action
        small
        label={named(words.enable)}
        disabledReason={null}
        busy={acts.enabling === person.login ? words.enabling : null}
        onAct={() => acts.enable(person)}
      >
        {words.enable}
      </Action>
    );
  }
  return (
    <span className="ps-row-actions">
      <Action small label={named(words.edit)} disabledReason={null} onAct={() => acts.edit(person)}>
        {words.edit}
      </Action>
      <Action
        small
        label={named(words.newLink)}
        disabledReason={person.login === acts.self ? words.newLinkSelf : null}
        onAct={() => acts.ask('link', person)}
      >
        {words.newLink}
      </Action>
      <Action small label={named(words.disable)} disabledReason={null} onAct={() => acts.ask('disable', person)}>
        {words.disable}
      </Action>
    </span>
  );
}
