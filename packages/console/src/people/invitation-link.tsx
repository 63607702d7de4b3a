import type { InvitationMade, PersonBody } from '@patchsteward/contract';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.people;

interface InvitationLinkProps {
  readonly person: Pick<PersonBody, 'name'>;
  readonly invitation: InvitationMade;
  readonly onDone: () => void;
}

/** The link of an invitation, this once. Without a setting that says where the console is, it is where the reader is. */
export function InvitationLink({ person, invitation, onDone }: InvitationLinkProps) {
  const link = invitation.link ?? `${window.location.origin}${invitation.path}`;
  const title = `${words.link} ${person.name}`;
  return (
    <section className="ps-panel" aria-label={title}>
      <h2>{title}</h2>
      <CopyLine label={title} text={link} />
      <p>{words.linkOnce}</p>
      <p>
        {words.mailed[invitation.mail]}
        {invitation.mail === 'failed' && invitation.mailAnswer !== null && ` (${invitation.mailAnswer})`}
      </p>
      <p className="ps-subtle">
        {words.linkUntil} <Clock at={invitation.expiresAt} form="exact" />
      </p>
      <Action disabledReason={null} onAct={onDone}>
        {words.done}
      </Action>
    </section>
  );
}
