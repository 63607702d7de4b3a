import type { StatementDraftRequest } from '@patchsteward/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { strings } from '../platform/strings.ts';
import { commandFor } from './command-line.ts';
import { type FormProps, WHY_CHARACTERS_MAX } from './form-props.ts';
import { roomsQuery } from './queries.ts';
import { SignForm } from './sign-form.tsx';
import { signStatement } from './signing-parts.ts';

const words = strings.campaign.act;

/** IT and Security sign the end; every host that was not done has its sentence. // SOP P7.2, checklist c22 */
export function AuditForm({ campaign, onDone }: FormProps) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const rooms = useQuery(roomsQuery(campaign.id));
  if (rooms.isPending) return <Loading />;
  if (rooms.data === undefined) return <Failed error={rooms.error} onAgain={() => void rooms.refetch()} />;
  const open = rooms.data.items
    .flatMap(({ evidence }) => evidence)
    .flatMap((one) => (one.kind === 'audit' ? one.unexplained : []));
  const unsaid = open.find(({ assetId }) => (texts[assetId] ?? '').trim() === '');
  const dispositions = open.map(({ assetId }) => ({ assetId, text: (texts[assetId] ?? '').trim() }));
  const draft: StatementDraftRequest = { kind: 'audit.signed', plan: null, body: { dispositions } };
  return (
    <SignForm
      campaign={campaign.id}
      button={words.sign}
      missing={unsaid === undefined ? null : words.fillIn(words.disposition(unsaid.asset))}
      command={unsaid === undefined ? commandFor(campaign.id, draft) : null}
      sign={() => signStatement(campaign.id, draft)}
      onDone={onDone}
    >
      {open.map(({ assetId, asset }) => (
        <LongTextField
          key={assetId}
          label={words.disposition(asset)}
          value={texts[assetId] ?? ''}
          onChange={(text) => setTexts({ ...texts, [assetId]: text })}
          required
          charactersMax={WHY_CHARACTERS_MAX}
        />
      ))}
    </SignForm>
  );
}
