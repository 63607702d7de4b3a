import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Failed } from '../parts/states.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.announcements;
/** As the contract has it. */
const WHY_CHARACTERS_MAX = 2_000;

interface WhyActProps {
  readonly title: string;
  readonly act: string;
  readonly busy: string | null;
  readonly error: unknown;
  readonly onAct: (why: string) => void;
  readonly onCancel: () => void;
}

/** One reason, and then it is done. */
export function WhyAct({ title, act, busy, error, onAct, onCancel }: WhyActProps) {
  const [why, setWhy] = useState('');
  const stopped = why.trim() === '' ? words.whyFirst : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && busy === null) onAct(why.trim());
  };
  return (
    <section className="ps-panel ps-judging" aria-label={title}>
      <h2>{title}</h2>
      <form onSubmit={submit}>
        <LongTextField
          label={words.why}
          value={why}
          onChange={setWhy}
          help={words.whyHelp}
          required
          focused
          charactersMax={WHY_CHARACTERS_MAX}
        />
        {error !== null && <Failed error={error} />}
        <div className="ps-form-actions">
          <Action variant="primary" submit disabledReason={stopped} busy={busy}>
            {act}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onCancel}>
            {strings.facts.cancel}
          </Action>
        </div>
      </form>
    </section>
  );
}
