import type { Proposal, ProposalWithAssets } from '@patchsteward/contract';
import { Checkbox } from '@patternfly/react-core/dist/esm/components/Checkbox/Checkbox';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { proposalShown } from './queries.ts';
import { matchingAssets } from './scope.ts';

const words = strings.proposals;
/** Boxes in the window at once; whoever looks for one of more assets filters. */
const SHOWN_MAX = 100;
const FILTER_CHARACTERS_MAX = 128;

interface OpenCampaignProps {
  readonly proposal: Proposal;
  readonly onClose: () => void;
}

/** Asks for which assets, says what follows, and opens the campaign. */
export function OpenCampaign({ proposal, onClose }: OpenCampaignProps) {
  const titleId = useId();
  const queries = useQueryClient();
  const router = useRouter();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const asked = useQuery(proposalShown(proposal));
  const chosen = asked.data?.offeredTo.filter(({ id }) => !left.has(id));
  const open = useMutation({
    mutationFn: () =>
      call('campaign.open', {
        body: { proposal: proposal.id, ...(left.size === 0 ? {} : { assets: chosen?.map(({ id }) => id) }) },
      }),
    onSuccess: async ({ id }) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['campaigns'] }),
        queries.invalidateQueries({ queryKey: ['updates', 'proposals'] }),
      ]);
      await router.navigate({ href: `/campaigns/${id}` });
    },
  });

  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={words.question} labelId={titleId} />
      <ModalBody>
        <p>
          <strong>{proposal.title}</strong>
        </p>
        <p>{proposal.why}</p>
        <p>{words.consequence}</p>
        {asked.isPending && <Loading />}
        {asked.data === undefined && asked.isError && (
          <Failed error={asked.error} onAgain={() => void asked.refetch()} />
        )}
        {asked.data !== undefined && <Scope assets={asked.data.offeredTo} left={left} onLeft={setLeft} />}
        {chosen !== undefined &&
          chosen.length > 0 &&
          chosen.every(({ environment }) => environment === 'production') && <p role="status">{words.notTested}</p>}
        {open.isError && <Failed error={open.error} />}
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant="primary"
            disabledReason={refusalOf(chosen?.length)}
            busy={open.isPending ? words.opening : null}
            onAct={() => open.mutate()}
          >
            {words.open}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}

/** Nobody opens a campaign whose assets they have not seen. */
function refusalOf(chosen: number | undefined): string | null {
  if (chosen === undefined) return words.assetsUnseen;
  return chosen === 0 ? words.noAsset : null;
}

interface ScopeProps {
  readonly assets: ProposalWithAssets['offeredTo'];
  /** Assets that were taken out. */
  readonly left: ReadonlySet<string>;
  readonly onLeft: (left: ReadonlySet<string>) => void;
}

function Scope({ assets, left, onLeft }: ScopeProps) {
  const [filter, setFilter] = useState('');
  const matching = matchingAssets(assets, filter);
  const shown = matching.slice(0, SHOWN_MAX);

  function choose(id: string, wanted: boolean): void {
    const next = new Set(left);
    if (wanted) next.delete(id);
    else next.add(id);
    onLeft(next);
  }

  return (
    <fieldset className="ps-scope">
      <legend>
        {words.whichAssets} <span className="ps-subtle">{words.chosen(assets.length - left.size, assets.length)}</span>
      </legend>
      <div className="ps-form-actions">
        <Action small disabledReason={null} onAct={() => onLeft(new Set())}>
          {words.all}
        </Action>
        <Action small disabledReason={null} onAct={() => onLeft(new Set(assets.map(({ id }) => id)))}>
          {words.noneChosen}
        </Action>
      </div>
      {assets.length > SHOWN_MAX && (
        <TextField label={words.filter} value={filter} onChange={setFilter} charactersMax={FILTER_CHARACTERS_MAX} />
      )}
      <ul className="ps-scope-list">
        {shown.map(({ id, name, environment, criticality, owner }) => (
          <li key={id}>
            <Checkbox
              id={`scope-${id}`}
              label={name}
              description={[strings.environment[environment], strings.criticality[criticality], owner]
                .filter((part) => part !== null)
                .join(' · ')}
              isChecked={!left.has(id)}
              onChange={(_, checked) => choose(id, checked)}
            />
          </li>
        ))}
      </ul>
      {matching.length > shown.length && (
        <p className="ps-subtle">{words.moreAssets(matching.length - shown.length)}</p>
      )}
    </fieldset>
  );
}
