import type { CallAnswer } from '@patchsteward/contract/client';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.enrollment;

export type TokenState = CallAnswer<'enrollment-token.list'>['items'][number]['state'];

interface CreatedTokenProps {
  readonly created: CallAnswer<'enrollment-token.create'>;
  readonly state: TokenState;
  readonly onDone: () => void;
}

/** The lines that enroll a host, for as long as they do. */
export function CreatedToken({ created, state, onDone }: CreatedTokenProps) {
  if (state !== 'open') {
    return (
      <section className="ps-panel" aria-label={words.createdOver[state]}>
        <h2>{words.createdOver[state]}</h2>
        <p>{words.createdOverLead}</p>
        <Action disabledReason={null} onAct={onDone}>
          {words.makeAnother}
        </Action>
      </section>
    );
  }
  return (
    <section className="ps-panel ps-created" aria-label={words.created}>
      <h2>{words.created}</h2>
      <h3>{words.packaged}</h3>
      <p className="ps-subtle">{words.packagedLead}</p>
      <CopyLine label={words.packagedCommand} text={created.packagedCommand} />
      <h3>{words.clone}</h3>
      <p className="ps-subtle">{words.cloneLead}</p>
      <CopyLine label={words.command} text={created.command} />
      <p>{words.rootHash}</p>
      <p>{words.createdOnce}</p>
      <p className="ps-subtle">
        {words.expires} <Clock at={created.expiresAt} form="exact" />
      </p>
      <Action disabledReason={null} onAct={onDone}>
        {words.dismiss}
      </Action>
    </section>
  );
}
