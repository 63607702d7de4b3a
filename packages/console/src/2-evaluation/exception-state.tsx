import type { Exception } from '@patchsteward/contract';
import type { ComponentType } from 'react';
import { ClockIcon, GoodIcon, PhasedIcon, RevokedIcon } from '../parts/icons.ts';
import { Tag, type Tone } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.exceptions;

const STATES = {
  requested: { tone: 'info', icon: ClockIcon },
  standing: { tone: 'warning', icon: PhasedIcon },
  refused: { tone: 'plain', icon: RevokedIcon },
  withdrawn: { tone: 'plain', icon: RevokedIcon },
  revoked: { tone: 'plain', icon: RevokedIcon },
  expired: { tone: 'plain', icon: ClockIcon },
  renewed: { tone: 'good', icon: GoodIcon },
} as const satisfies Record<Exception['state'], { tone: Tone; icon: ComponentType }>;

/** Where an exception stands, by a word and a sign. */
export function ExceptionState({ state }: { readonly state: Exception['state'] }) {
  const { tone, icon } = STATES[state];
  return (
    <Tag tone={tone} icon={icon}>
      {words.stateOf[state]}
    </Tag>
  );
}

/** `owner or security, and change`: each seat is filled by a person of its own. */
export function seatsText(seats: Exception['missing']): string {
  return seats
    .map((seat) => seat.map((role) => (isRole(role) ? strings.roleTitle[role] : role)).join(words.seat))
    .join(words.seats);
}

/** A role this console does not know yet keeps its own word. */
function isRole(word: string): word is keyof typeof strings.roleTitle {
  return word in strings.roleTitle;
}
