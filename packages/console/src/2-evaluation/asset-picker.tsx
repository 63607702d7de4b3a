import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { assetQuery } from '../1-identification/queries.ts';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { CloseIcon } from '../parts/icons.ts';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { useSettled } from './use-settled.ts';

const words = strings.exceptions.ask;
/** Whoever sees more types another letter. */
const OFFERED_MAX = 5;
const NAME_CHARACTERS_MAX = 255;

interface AssetPickerProps {
  readonly assets: readonly string[];
  readonly onChange: (assets: readonly string[]) => void;
}

/** Assets by name: those that are named, and a field that finds more. */
export function AssetPicker({ assets, onChange }: AssetPickerProps) {
  const [typed, setTyped] = useState('');
  const { settled } = useSettled(typed.trim());
  const found = useQuery({
    queryKey: ['assets', 'named', settled],
    queryFn: ({ signal }) => call('asset.list', { query: { search: settled, limit: OFFERED_MAX } }, signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  });
  const offered = settled === '' ? [] : (found.data?.items ?? []).filter(({ id }) => !assets.includes(id));
  return (
    <section className="ps-asset-picker" aria-label={words.assets}>
      <p className="ps-asset-picker-title">{words.assets}</p>
      {assets.length === 0 && <p className="ps-subtle">{words.anyAsset}</p>}
      <ul className="ps-chips">
        {assets.map((id) => (
          <li key={id}>
            <NamedAsset id={id} onTakeOff={() => onChange(assets.filter((one) => one !== id))} />
          </li>
        ))}
      </ul>
      <TextField label={words.addAsset} value={typed} onChange={setTyped} charactersMax={NAME_CHARACTERS_MAX} />
      {settled !== '' && found.data !== undefined && offered.length === 0 && (
        <p className="ps-subtle" role="status">
          {words.noAsset}
        </p>
      )}
      <ul className="ps-chips">
        {offered.map(({ id, name }) => (
          <li key={id}>
            <Action
              small
              disabledReason={null}
              onAct={() => {
                setTyped('');
                onChange([...assets, id]);
              }}
            >
              {words.add(name)}
            </Action>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NamedAsset({ id, onTakeOff }: { readonly id: string; readonly onTakeOff: () => void }) {
  const asset = useQuery(assetQuery(id));
  const name = asset.data?.name ?? id;
  return (
    <Action small disabledReason={null} label={words.takeOff(name)} icon={<CloseIcon />} onAct={onTakeOff}>
      {name}
    </Action>
  );
}
