import type { InboxItem } from '@patchsteward/contract';
import type { AnchorHTMLAttributes } from 'react';
import { AddressLink } from '../parts/address-link.tsx';

/** Where each kind of decision is made: about a plan on its page, about a campaign in its act. */
const ACT_OF: Readonly<Partial<Record<InboxItem['kind'], string>>> = {
  'assess-risk': 'risk',
  'release-files': 'release',
  'accept-test': 'accept-test',
  'cover-backups': 'waive',
  resume: 'resume',
  audit: 'audit',
};

interface DecisionLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  readonly item: InboxItem;
  readonly 'data-row-main'?: boolean;
}

export function DecisionLink({ item, children, ...rest }: DecisionLinkProps) {
  return (
    <AddressLink to={addressOf(item)} {...rest}>
      {children}
    </AddressLink>
  );
}

/** A backup is not signed for first of all: who only looks is shown the room, whoever owns the hosts may waive it. */
export function addressOf({ kind, campaign, exception, plan, as }: InboxItem): string {
  if (exception !== null) return `/exceptions/${exception}`;
  if (plan !== null) return `/inbox/${plan}`;
  if (kind === 'cover-backups' && !as.includes('owner')) return `/campaigns/${campaign}?room=4-backup`;
  const act = ACT_OF[kind];
  return act === undefined ? `/campaigns/${campaign}` : `/campaigns/${campaign}?act=${act}`;
}
