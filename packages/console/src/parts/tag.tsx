import type { ComponentType, ReactNode } from 'react';

export type Tone = 'plain' | 'good' | 'info' | 'warning' | 'danger';

interface TagProps {
  readonly tone?: Tone;
  /** A sign beside the color: color is never the only sign. */
  readonly icon?: ComponentType;
  readonly children: ReactNode;
  /** More about it, under pointer. */
  readonly hint?: string;
}

/** A short word that classifies what it stands beside. */
export function Tag({ tone = 'plain', icon: Icon, children, hint }: TagProps) {
  return (
    <span className={`ps-tag ps-tag-${tone}`} data-hint={hint}>
      {Icon !== undefined && <Icon />}
      {children}
    </span>
  );
}
