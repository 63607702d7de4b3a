import type { RoomEvidence } from '@patchsteward/contract';
import type { ReactNode } from 'react';
import { strings } from '../platform/strings.ts';
import { roleName } from './words-of.ts';

const words = strings.campaign;

type Signer = Extract<RoomEvidence, { kind: 'risk' }>['signed'];

/** Names of hosts that one line shows; the rest is counted. */
const NAMES_SHOWN_MAX = 12;
/** Enough of a hash to compare it by eye; the whole is under the pointer and in the file. */
const HASH_CHARACTERS = 12;

export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="ps-detail-facts">{children}</dl>;
}

export function Line({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="ps-fact">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who signed, as what, and with which class of key. */
export function SignedBy({ campaign, signed }: { readonly campaign: string; readonly signed: Signer }) {
  return (
    <span className="ps-signed">
      <span>
        {signed.person}{' '}
        <span className="ps-subtle">({[...signed.roles.map(roleName), words.about[signed.keyClass]].join(', ')})</span>
      </span>{' '}
      <Document campaign={campaign} hash={signed.statement} what={words.about.signedBy} />
    </span>
  );
}

interface DocumentProps {
  readonly campaign: string;
  readonly hash: string;
  /** What the hash is of, for whoever hears the link. */
  readonly what: string;
}

/** A hash that leads to the file it is the hash of. */
export function Document({ campaign, hash, what }: DocumentProps) {
  return (
    <a
      className="ps-code"
      href={`/api/v1/campaigns/${campaign}/documents/${hash}`}
      download
      data-hint={hash}
      aria-label={words.documentOf(`${what} ${shortHash(hash)}`)}
    >
      {shortHash(hash)}
    </a>
  );
}

/** A hash of which there is no file. */
export function HashText({ hash }: { readonly hash: string }) {
  return (
    <span className="ps-code" data-hint={hash}>
      {shortHash(hash)}
    </span>
  );
}

function shortHash(hash: string): string {
  const [, hex = hash] = hash.split(':');
  return hex.slice(0, HASH_CHARACTERS);
}

export function Names({ names }: { readonly names: readonly string[] }) {
  const shown = names.slice(0, NAMES_SHOWN_MAX);
  const more = names.length - shown.length;
  return (
    <span className="ps-break">
      {shown.join(', ')}
      {more > 0 && ` ${words.andMore(more)}`}
    </span>
  );
}
