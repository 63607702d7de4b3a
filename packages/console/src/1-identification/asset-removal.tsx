import type { Asset } from '@patchsteward/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Question } from '../parts/question.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';

const words = strings.removal;
const WHY_CHARACTERS_MAX = 1_000;

/** Takes an asset out of the inventory, after saying what follows from it. */
export function AssetRemoval({ asset }: { readonly asset: Asset }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Action disabledReason={useForbidden('operator')} onAct={() => setAsking(true)}>
        {words.act}
      </Action>
      {asking && <RemovalQuestion asset={asset} onClose={() => setAsking(false)} />}
    </>
  );
}

function RemovalQuestion({ asset, onClose }: { readonly asset: Asset; readonly onClose: () => void }) {
  const [why, setWhy] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call('asset.remove', { params: { id: asset.id }, body: { why: why.trim() } }),
    onSuccess: async () => {
      await navigate({ to: '/doubles' });
      await queries.invalidateQueries();
    },
  });
  return (
    <Question
      title={words.question(asset.name)}
      act={words.confirm}
      busy={remove.isPending ? words.busy : null}
      stopped={why.trim() === '' ? strings.doubles.whyNeeded : null}
      keep={strings.doubles.cancel}
      error={remove.error}
      onAct={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{words.consequence}</p>
      <LongTextField
        label={strings.doubles.why}
        help={strings.doubles.whyHelp}
        value={why}
        charactersMax={WHY_CHARACTERS_MAX}
        required
        focused
        onChange={setWhy}
      />
    </Question>
  );
}
