import type { CallAnswer } from '@patchsteward/contract/client';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ComponentType, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { Clock } from '../parts/clock.tsx';
import { ClockIcon, EnrollmentIcon, GoodIcon, RevokedIcon } from '../parts/icons.ts';
import { Empty, Failed } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { Tag, type Tone } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { tokenList } from './queries.ts';

const words = strings.enrollment;
const ROW_PX = 56;

type Token = CallAnswer<'enrollment-token.list'>['items'][number];

const STATES = {
  open: { tone: 'info', icon: EnrollmentIcon },
  used: { tone: 'good', icon: GoodIcon },
  expired: { tone: 'plain', icon: ClockIcon },
  revoked: { tone: 'plain', icon: RevokedIcon },
} as const satisfies Record<Token['state'], { tone: Tone; icon: ComponentType }>;

export function EnrollmentTokens({ tokens }: { readonly tokens: readonly Token[] }) {
  const [revoking, setRevoking] = useState<Token | null>(null);
  if (tokens.length === 0) return <Empty title={words.none}>{words.noneLead}</Empty>;
  return (
    <>
      <Table
        label={words.listTitle}
        name="tokens"
        columns={columnsFor(setRevoking)}
        rows={tokens}
        keyOf={idOf}
        total={tokens.length}
        estimatePx={ROW_PX}
        settling={false}
      />
      {revoking !== null && <RevokeQuestion token={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function columnsFor(revoke: (token: Token) => void): readonly Column<Token>[] {
  return [
    { key: 'note', header: words.columns.note, cell: (token) => noteOf(token) },
    { key: 'state', header: words.columns.state, cell: (token) => <State state={token.state} /> },
    {
      key: 'created',
      header: words.columns.created,
      cell: (token) => <Clock at={token.createdAt} form="relative" inRow />,
    },
    {
      key: 'expires',
      header: words.columns.expires,
      cell: (token) => <Clock at={token.expiresAt} form="exact" inRow />,
    },
    { key: 'used', header: words.columns.used, cell: (token) => <UsedBy token={token} /> },
    {
      key: 'action',
      header: words.columns.action,
      // Of the others the state says all there is; there is nothing left to revoke.
      cell: (token) =>
        token.state === 'open' && (
          <Action small label={`${words.revoke}: ${noteOf(token)}`} disabledReason={null} onAct={() => revoke(token)}>
            {words.revoke}
          </Action>
        ),
    },
  ];
}

function idOf({ id }: Token): string {
  return id;
}

function noteOf(token: Token): string {
  return token.note === null || token.note === '' ? words.noNote : token.note;
}

function State({ state }: { readonly state: Token['state'] }) {
  const { tone, icon } = STATES[state];
  return (
    <Tag tone={tone} icon={icon}>
      {words.state[state]}
    </Tag>
  );
}

function UsedBy({ token }: { readonly token: Token }) {
  if (token.usedBy === null) return null;
  return (
    <Link to="/assets/$id" params={{ id: token.usedBy }}>
      {words.openHost}
    </Link>
  );
}

function RevokeQuestion({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const titleId = useId();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => call('enrollment-token.revoke', { params: { id: token.id } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: tokenList.queryKey });
    },
  });
  return (
    <Modal variant="small" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={words.revokeQuestion} labelId={titleId} />
      <ModalBody>
        <p>
          <strong>{noteOf(token)}</strong>
        </p>
        <p>{words.revokeConsequence}</p>
        {revoke.isError && <Failed error={revoke.error} />}
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant="danger"
            disabledReason={null}
            busy={revoke.isPending ? words.revoking : null}
            onAct={() => revoke.mutate()}
          >
            {words.revoke}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.keep}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}
