import type { Intelligence } from '@patchsteward/contract';
import type { ComponentType } from 'react';
import { strings } from '../platform/strings.ts';
import {
  ClockIcon,
  ExploitedIcon,
  SeverityCriticalIcon,
  SeverityHighIcon,
  SeverityLowIcon,
  SeverityMediumIcon,
  SeverityNoneIcon,
  SeverityUnknownIcon,
} from './icons.ts';
import { Tag, type Tone } from './tag.tsx';

type Lane = keyof typeof strings.lane;
type Severity = Intelligence['severity'];

const LANE_TONES = {
  routine: 'plain',
  critical: 'warning',
  emergency: 'danger',
  mitigation: 'info',
} as const satisfies Record<Lane, Tone>;

const SEVERITY_ICONS = {
  none: SeverityNoneIcon,
  low: SeverityLowIcon,
  medium: SeverityMediumIcon,
  high: SeverityHighIcon,
  critical: SeverityCriticalIcon,
  unknown: SeverityUnknownIcon,
} as const satisfies Record<Severity, ComponentType>;

export function LaneTag({ lane }: { readonly lane: Lane }) {
  return <Tag tone={LANE_TONES[lane]}>{strings.lane[lane]}</Tag>;
}

/** Nobody is late yet, but what is planned ends after the due time. */
export function CannotBeMetTag() {
  return (
    <Tag tone="warning" icon={ClockIcon}>
      {strings.time.cannotBeMet}
    </Tag>
  );
}

export function SeverityMark({ severity }: { readonly severity: Severity }) {
  const Icon = SEVERITY_ICONS[severity];
  return (
    <span className={`ps-severity ps-severity-${severity}`}>
      <Icon />
      {strings.severity[severity]}
    </span>
  );
}

export function ExploitedTag({ children }: { readonly children: string }) {
  return (
    <Tag tone="danger" icon={ExploitedIcon}>
      {children}
    </Tag>
  );
}
