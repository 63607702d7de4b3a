import type { MaintenancePlan } from '@patchsteward/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Question } from '../parts/question.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { PLANS_KEY } from './queries.ts';

const words = strings.maintenance;
const WHY_CHARACTERS_MAX = 2_000;

/** What was asked of a plan, or of the turn that waits. */
export interface Asked {
  readonly what: 'pause' | 'resume' | 'remove' | 'take' | 'dismiss';
  readonly plan: MaintenancePlan;
}

interface PlanQuestionProps {
  readonly asked: Asked;
  readonly onClose: () => void;
  /** The campaign that taking a turn opened. */
  readonly onOpened: (campaign: string) => void;
}

/** Asks once more, for a reason where one stays in the record, and does it. */
export function PlanQuestion({ asked: { what, plan }, onClose, onOpened }: PlanQuestionProps) {
  const [why, setWhy] = useState('');
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: () => perform({ what, plan }, why.trim()),
    onSuccess: async (opened) => {
      onClose();
      if (opened !== null) onOpened(opened);
      await queries.invalidateQueries({ queryKey: [PLANS_KEY] });
    },
  });
  const { title, button, busy, consequence } = wordsFor({ what, plan });
  const wantsWhy = what === 'pause' || what === 'dismiss';
  return (
    <Question
      title={title}
      act={button}
      busy={act.isPending ? busy : null}
      stopped={wantsWhy && why.trim() === '' ? words.whyNeeded : null}
      keep={words.keep}
      error={act.error}
      onAct={() => act.mutate()}
      onClose={onClose}
    >
      <p>{consequence}</p>
      {wantsWhy && <Why why={why} onChange={setWhy} />}
    </Question>
  );
}

function Why({ why, onChange }: { readonly why: string; readonly onChange: (why: string) => void }): ReactNode {
  return (
    <LongTextField
      label={words.why}
      value={why}
      onChange={onChange}
      charactersMax={WHY_CHARACTERS_MAX}
      required
      focused
    />
  );
}

/** The campaign that it opened; null: it opened none. */
async function perform({ what, plan: { name, waiting } }: Asked, why: string): Promise<string | null> {
  const params = { name };
  const turn = { name, day: waiting?.day ?? '' };
  switch (what) {
    case 'pause':
      await call('maintenance-plan.pause', { params, body: { why } });
      return null;
    case 'resume':
      await call('maintenance-plan.resume', { params });
      return null;
    case 'remove':
      await call('maintenance-plan.remove', { params });
      return null;
    case 'take':
      return (await call('maintenance-turn.take', { params: turn, body: {} })).id;
    case 'dismiss':
      await call('maintenance-turn.dismiss', { params: turn, body: { why } });
      return null;
  }
}

function wordsFor({ what, plan: { name, waiting } }: Asked) {
  const day = waiting?.day ?? '';
  switch (what) {
    case 'pause':
      return said(words.pauseQuestion(name), words.pause, words.pausing, words.pauseConsequence);
    case 'resume':
      return said(words.resumeQuestion(name), words.resume, words.resuming, words.resumeConsequence);
    case 'remove':
      return said(words.removeQuestion(name), words.remove, words.removing, words.removeConsequence);
    case 'take':
      return said(words.takeQuestion(name, day), words.take, words.taking, words.takeConsequence);
    case 'dismiss':
      return said(words.dismissQuestion(name, day), words.dismiss, words.dismissing, words.dismissConsequence);
  }
}

function said(title: string, button: string, busy: string, consequence: string) {
  return { title, button, busy, consequence };
}
