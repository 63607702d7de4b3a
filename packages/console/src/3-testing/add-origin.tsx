import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { FormGroup } from '@patternfly/react-core/dist/esm/components/Form/FormGroup';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { UploadIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { ConfirmKeys } from './confirm-keys.tsx';
import { EMPTY_ORIGIN, missingOf, type OriginDraft, requestOf } from './origin-draft.ts';
import { originsQuery } from './queries.ts';

const words = strings.origins;
const LINE_CHARACTERS_MAX = 1_024;

/** First what and with which keys; then the fingerprints, which somebody compares before they are pinned. */
export function AddOrigin({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(EMPTY_ORIGIN);
  const put = (change: Partial<OriginDraft>): void => setDraft({ ...draft, ...change });
  const queries = useQueryClient();
  const read = useMutation({ mutationFn: () => call('origin.read-keys', { body: { keys: draft.keys } }) });
  const save = useMutation({
    mutationFn: (fingerprints: readonly string[]) => call('origin.add', { body: requestOf(draft, fingerprints) }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: originsQuery.queryKey });
    },
  });
  const missing = missingOf(draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (missing === null && !read.isPending) read.mutate();
  };
  return (
    <section className="ps-panel ps-feed" aria-label={words.add}>
      <h2>{words.add}</h2>
      {read.data === undefined ? (
        <Form onSubmit={submit}>
          <p>{words.addLead}</p>
          {read.isError && <Failed error={read.error} />}
          <OriginFields draft={draft} put={put} />
          <div className="ps-form-actions">
            <Action
              variant="primary"
              submit
              disabledReason={missing === null ? null : words.fillIn(missing)}
              busy={read.isPending ? words.reading : null}
            >
              {words.read}
            </Action>
            <Action variant="link" disabledReason={null} onAct={onClose}>
              {words.cancel}
            </Action>
          </div>
        </Form>
      ) : (
        <>
          {save.isError && <Failed error={save.error} />}
          <ConfirmKeys
            keys={read.data.items}
            busy={save.isPending}
            onBack={() => {
              read.reset();
              save.reset();
            }}
            onConfirmed={(fingerprints) => save.mutate(fingerprints)}
          />
        </>
      )}
    </section>
  );
}

interface OriginFieldsProps {
  readonly draft: OriginDraft;
  readonly put: (change: Partial<OriginDraft>) => void;
}

const FIELDS = [
  ['url', words.url, words.urlHelp],
  ['suite', words.suite, words.suiteHelp],
  ['components', words.componentsField, words.componentsHelp],
  ['architectures', words.architecturesField, words.architecturesHelp],
  ['mirror', words.mirrorField, words.mirrorHelp],
] as const;

function OriginFields({ draft, put }: OriginFieldsProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className="ps-form-grid">
        {FIELDS.map(([name, label, help]) => (
          <TextField
            key={name}
            label={label}
            value={draft[name]}
            onChange={(value) => put({ [name]: value })}
            help={help}
            charactersMax={LINE_CHARACTERS_MAX}
          />
        ))}
      </div>
      <FormGroup label={words.keysField} fieldId={id}>
        <textarea
          id={id}
          className="ps-text-area ps-code"
          rows={5}
          spellCheck={false}
          aria-describedby={`${id}-help`}
          value={draft.keys}
          onChange={({ target }) => put({ keys: target.value })}
        />
        <p id={`${id}-help`} className="ps-subtle ps-help">
          {words.keysHelp}
        </p>
        <Action variant="link" disabledReason={null} icon={<UploadIcon />} onAct={() => input.current?.click()}>
          {words.keysFile}
        </Action>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={words.keysFile}
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file !== undefined) void file.text().then((keys) => put({ keys }));
          }}
        />
      </FormGroup>
    </>
  );
}
