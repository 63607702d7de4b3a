import type { Asset, BillBody } from '@patchsteward/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { BillDrop } from './bill-drop.tsx';
import type { BillFile } from './bill-file.ts';

const words = strings.bills.form;
/** As the contract has them. */
const NAME_CHARACTERS_MAX = 255;
const DIGEST_CHARACTERS_MAX = 71;

const LABELS = { name: words.name, kind: words.kind, digest: words.digest, text: words.file };

interface BillFormProps {
  readonly asset: Asset;
  /** The bill whose place it takes; null: it stands beside the others, or takes the place of its name. */
  readonly replaces: BillBody | null;
  readonly onDone: (bill: BillBody) => void;
  readonly onClose: () => void;
}

/** A file and what it is of. What the server refuses stays as it was filled in. */
export function BillForm({ asset, replaces, onDone, onClose }: BillFormProps) {
  const [file, setFile] = useState<BillFile | null>(null);
  const [name, setName] = useState(replaces?.name ?? asset.name);
  const [kind, setKind] = useState(replaces?.kind ?? 'application');
  const [digest, setDigest] = useState('');
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: () => {
      const said = kind === 'image' && digest.trim() !== '' ? digest.trim() : null;
      const body = { name: name.trim(), kind, digest: said, text: file?.text ?? '' };
      return call('bill.add', { params: { id: asset.id }, body });
    },
    onSuccess: async (bill) => {
      onDone(bill);
      await queries.invalidateQueries();
    },
  });
  const change = (act: () => void): void => {
    send.reset();
    act();
  };
  const stopped = file === null ? words.fileNeeded : nameProblem(name);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !send.isPending) send.mutate();
  };
  const title = replaces === null ? words.title : words.replaceTitle(replaces.name);
  return (
    <section className="ps-panel ps-bill-form" aria-label={title}>
      <h2>{title}</h2>
      <form className="ps-import-form" onSubmit={submit}>
        <RefusedFields error={send.error} labels={LABELS}>
          <BillDrop file={file} onFile={(next) => change(() => setFile(next))} />
          {replaces === null && (
            <TextField
              label={words.name}
              help={words.nameHelp}
              value={name}
              onChange={(next) => change(() => setName(next))}
              charactersMax={NAME_CHARACTERS_MAX}
              required
            />
          )}
          <ChoiceField
            label={words.kind}
            value={kind}
            words={strings.bills.kinds}
            onChange={(next) => change(() => setKind(next))}
          />
          {kind === 'image' && (
            <TextField
              label={words.digest}
              help={words.digestHelp}
              value={digest}
              onChange={(next) => change(() => setDigest(next))}
              charactersMax={DIGEST_CHARACTERS_MAX}
            />
          )}
        </RefusedFields>
        <div className="ps-form-actions">
          <Action
            submit
            variant="primary"
            disabledReason={stopped}
            busy={send.isPending ? words.sending(words.size(file?.bytes ?? 0)) : null}
          >
            {words.send}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </form>
    </section>
  );
}

function nameProblem(name: string): string | null {
  return name.trim() === '' ? words.nameNeeded : null;
}
