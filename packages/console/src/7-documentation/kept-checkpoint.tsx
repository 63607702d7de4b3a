import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { FormGroup } from '@patternfly/react-core/dist/esm/components/Form/FormGroup';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Failed } from '../parts/states.tsx';
import { Verdict } from '../parts/verdict.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { canHash } from './hashing.ts';
import { NOTE_CHARACTERS_MAX, type Note, readNote } from './note.ts';
import { type KeptVerdict, verifyKept } from './proof.ts';

const words = strings.record.kept;

/** The one comparison that a server cannot fake: against what somebody kept outside of it. */
export function KeptCheckpoint({ keyText }: { readonly keyText: string }) {
  const [text, setText] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const id = useId();
  const compare = useMutation({ mutationFn: (kept: Note) => compared(kept, keyText) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason !== null || compare.isPending) return;
    const note = readNote(text);
    setUnreadable(note === null);
    if (note === null) compare.reset();
    else compare.mutate(note);
  };
  const reason = reasonOf(text);

  return (
    <section className="ps-panel" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="ps-why">{words.lead}</p>
      <Form onSubmit={submit}>
        <FormGroup label={words.field} fieldId={id}>
          <textarea
            id={id}
            className="ps-text-area ps-code"
            rows={4}
            spellCheck={false}
            maxLength={NOTE_CHARACTERS_MAX}
            aria-describedby={`${id}-help`}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <p id={`${id}-help`} className="ps-subtle ps-help">
            {words.fieldHelp}
          </p>
        </FormGroup>
        <Action submit disabledReason={reason} busy={compare.isPending ? words.checking : null}>
          {words.check}
        </Action>
      </Form>
      {unreadable && <Verdict tone="warning" title={words.unreadable} />}
      {compare.isError && <Failed error={compare.error} />}
      {!unreadable && compare.data !== undefined && (
        <Compared kept={compare.data.kept} verdict={compare.data.verdict} />
      )}
    </section>
  );
}

function reasonOf(text: string): string | null {
  if (!canHash()) return strings.record.proof.insecure;
  return text.trim() === '' ? words.missing : null;
}

/** The proof is asked for up to what the server has: a shorter record has none for what was longer. */
async function compared(kept: Note, key: string): Promise<{ readonly kept: Note; readonly verdict: KeptVerdict }> {
  const state = await call('record.show', {});
  const size = state.checkpoint?.size ?? 0;
  const consistency = await call('record.consistency', { query: { from: Math.min(kept.size, size) } });
  return { kept, verdict: await verifyKept(kept, consistency, key) };
}

function Compared({ kept, verdict }: { readonly kept: Note; readonly verdict: KeptVerdict }) {
  switch (verdict.kind) {
    case 'continues':
      return (
        <Verdict tone="good" title={words.continues}>
          <p>{words.continuesLead(kept.size, verdict.now.size)}</p>
          {verdict.signed === 'unknown' && <p>{strings.record.proof.steps.signature.unknown}</p>}
        </Verdict>
      );
    case 'rewritten':
      return (
        <Verdict tone="danger" title={words.rewritten}>
          <p>{words.rewrittenLead}</p>
        </Verdict>
      );
    case 'shrunken':
      return (
        <Verdict tone="danger" title={words.shrunken}>
          <p>{words.shrunkenLead(verdict.size)}</p>
        </Verdict>
      );
    case 'signature-wrong':
      return (
        <Verdict tone="danger" title={words.wrong[verdict.which]}>
          <p>{words.wrongLead}</p>
        </Verdict>
      );
  }
}
