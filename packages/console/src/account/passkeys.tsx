import type { PasskeyList } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { Reason } from '../parts/reason.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { passkeysQuery } from '../platform/signing.ts';
import { strings } from '../platform/strings.ts';
import { createPasskey } from './passkey-creation.ts';
import { PasskeyItem } from './passkey-item.tsx';
import { Stopped } from './stopped.tsx';

const words = strings.account.passkeys;
const LABEL_CHARACTERS_MAX = 64;

export function Passkeys() {
  const list = useQuery(passkeysQuery);
  if (list.isPending) return <Loading />;
  if (list.data === undefined) return <Failed error={list.error} onAgain={() => void list.refetch()} />;
  return (
    <>
      <p className="ps-lead">{words.lead}</p>
      {list.data.reason !== null && <Reason reason={list.data.reason} />}
      {list.data.site !== null && <AddPasskey list={list.data} />}
      {list.data.items.length === 0 ? (
        <Empty title={words.none}>{words.noneLead}</Empty>
      ) : (
        <ul className="ps-passkeys" aria-label={words.title}>
          {list.data.items.map((passkey) => (
            <PasskeyItem key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
    </>
  );
}

function AddPasskey({ list }: { readonly list: PasskeyList }) {
  const [label, setLabel] = useState('');
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: () => createPasskey(label.trim()),
    onSuccess: async () => {
      setLabel('');
      await queries.invalidateQueries({ queryKey: passkeysQuery.queryKey });
    },
  });
  const reason = whyNot(list) ?? (label.trim() === '' ? words.labelMissing : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === null && !add.isPending) add.mutate();
  };
  return (
    <section className="ps-panel" aria-label={words.add}>
      <Form onSubmit={submit}>
        {add.isError && <Stopped error={add.error} />}
        {add.isSuccess && <p role="status">{words.added(add.data.label)}</p>}
        <TextField
          label={words.label}
          value={label}
          onChange={setLabel}
          help={words.labelHelp}
          charactersMax={LABEL_CHARACTERS_MAX}
        />
        <Action variant="primary" submit disabledReason={reason} busy={add.isPending ? strings.signing.waiting : null}>
          {words.add}
        </Action>
      </Form>
    </section>
  );
}

/** Browsers refuse a passkey for another name than that of the page, and without a page that they trust. */
function whyNot({ site }: PasskeyList): string | null {
  const stopped = strings.signing.stopped;
  if (site === null) return stopped['no-site']();
  if (location.hostname !== site) return stopped['other-site'](site);
  return window.isSecureContext && 'credentials' in navigator ? null : stopped.unsupported();
}
