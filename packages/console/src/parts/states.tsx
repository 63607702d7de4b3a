import { EmptyState, EmptyStateBody } from '@patternfly/react-core/dist/esm/components/EmptyState';
import { EmptyStateFooter } from '@patternfly/react-core/dist/esm/components/EmptyState/EmptyStateFooter';
import type { ComponentType, ReactNode } from 'react';
import { failureText } from '../platform/failure.ts';
import { strings } from '../platform/strings.ts';
import { Action } from './action.tsx';
import { Clock } from './clock.tsx';
import { type FieldLabels, labelOf } from './field-problems.ts';
import { DangerIcon, RefreshIcon, WarningIcon } from './icons.ts';

/** As many rows as a screen shows; the shape of what comes, so that nothing jumps when it does. */
const SKELETON_ROWS = 8;

export function Loading() {
  return (
    <div className="ps-loading" role="status">
      <span className="ps-unseen">{strings.list.loading}</span>
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} className="ps-loading-row" />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: ComponentType;
  readonly tone?: 'good' | 'warning' | 'plain';
  /** `h1` where it is all there is on the screen. */
  readonly level?: 'h1' | 'h2';
}

/** Nothing to show, why, and what to do about it. */
export function Empty({ title, children, action, icon, tone = 'plain', level = 'h2' }: EmptyProps) {
  return (
    <EmptyState
      className={`ps-empty ps-empty-${tone}`}
      titleText={title}
      headingLevel={level}
      variant="sm"
      {...(icon === undefined ? {} : { icon })}
    >
      {children !== undefined && <EmptyStateBody>{children}</EmptyStateBody>}
      {action !== undefined && <EmptyStateFooter>{action}</EmptyStateFooter>}
    </EmptyState>
  );
}

interface FailedProps {
  readonly error: unknown;
  /** Of a form: its fields, by the names that the API has for them. */
  readonly labels?: FieldLabels;
  readonly onAgain?: () => void;
}

/** Something failed: what, what helps, and the number to name when asking for help. */
export function Failed({ error, labels = NO_LABELS, onAgain }: FailedProps) {
  const text = failureText(error, labels === NO_LABELS ? 'request' : 'form');
  return (
    <div className="ps-failed" role="alert">
      <DangerIcon />
      <div>
        <p className="ps-failed-title">{text.title}</p>
        <p>{text.whatToDo}</p>
        {text.details.length > 0 && (
          <ul>
            {text.details.map((detail) => (
              <li key={`${detail.path} ${detail.problem}`}>
                <FieldName path={detail.path} labels={labels} />: {detail.problem}
              </li>
            ))}
          </ul>
        )}
        {text.requestId !== null && <p className="ps-subtle ps-code">{strings.failure.request(text.requestId)}</p>}
        {onAgain !== undefined && (
          <Action disabledReason={null} onAct={onAgain} small>
            {strings.failure.again}
          </Action>
        )}
      </div>
    </div>
  );
}

const NO_LABELS: FieldLabels = {};

/** By the label that the person sees; what the form does not have keeps the word of the API. */
function FieldName({ path, labels }: { readonly path: string; readonly labels: FieldLabels }) {
  const label = labelOf(path, labels);
  return label === null ? <code>{path}</code> : <strong>{label}</strong>;
}

interface FreshnessProps {
  /** Epoch milliseconds of the last answer. */
  readonly at: number;
  /** The failure of the last attempt, where the shown data are older than that. */
  readonly error: unknown;
  readonly loading: boolean;
  readonly onRefresh: () => void;
}

/** How old the shown data are, and that they could not be loaded again where that is so. */
export function Freshness({ at, error, loading, onRefresh }: FreshnessProps) {
  const failed = error !== null && error !== undefined;
  return (
    <p className={failed ? 'ps-freshness ps-freshness-stale' : 'ps-freshness'}>
      {failed && <WarningIcon />}
      <span>
        {failed && `${strings.failure.stale} `}
        {strings.list.asOf} <Clock at={new Date(at).toISOString()} form="exact" />
      </span>
      <Action
        variant="plain"
        small
        disabledReason={loading ? strings.list.loading : null}
        onAct={onRefresh}
        label={strings.list.refresh}
        icon={<RefreshIcon />}
      >
        {null}
      </Action>
    </p>
  );
}
