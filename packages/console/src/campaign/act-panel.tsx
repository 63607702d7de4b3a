import type { Campaign } from '@patchsteward/contract';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { type ReactNode, useId } from 'react';
import { strings } from '../platform/strings.ts';
import type { Act } from './acts.ts';
import { AuditForm } from './audit-form.tsx';
import { HostWordForm } from './host-word-form.tsx';
import { PlanForm } from './plan-form.tsx';
import { RiskForm } from './risk-form.tsx';
import { HaltForm, WithdrawForm } from './stop-forms.tsx';
import { DeferForm, LaneForm } from './term-forms.tsx';
import { useCampaignAddress } from './use-campaign-address.ts';
import { WhyForm } from './why-form.tsx';

const words = strings.campaign.act;

/** What a person is about to do, in the one place where all of it is done. */
export function ActPanel({ campaign, act }: { readonly campaign: Campaign; readonly act: Act }) {
  const { put } = useCampaignAddress();
  const titleId = useId();
  const leadId = useId();
  const close = (): void => put({ act: undefined, asset: undefined });
  return (
    <Modal variant="medium" isOpen onClose={close} aria-labelledby={titleId} aria-describedby={leadId}>
      <ModalHeader
        title={`${words[act]}: ${campaign.title}`}
        description={LEADS[act]}
        labelId={titleId}
        descriptorId={leadId}
      />
      {formOf(act, campaign, close)}
    </Modal>
  );
}

const LEADS = {
  halt: words.haltLead,
  withdraw: words.withdrawLead,
  resume: words.resumeLead,
  risk: words.riskLead,
  test: words.testLead,
  release: words.releaseLead,
  'accept-test': words.acceptLead,
  request: words.requestLead,
  rollback: words.rollbackLead,
  waive: words.waiveLead,
  declare: words.declareLead,
  audit: words.auditLead,
  'set-lane': words.laneLead,
  except: words.exceptLead,
  'defer-test': words.deferLead,
} as const satisfies Record<Act, string>;

function formOf(act: Act, campaign: Campaign, close: () => void): ReactNode {
  const common = { campaign, onDone: close };
  switch (act) {
    case 'halt':
      return <HaltForm {...common} />;
    case 'withdraw':
      return <WithdrawForm {...common} />;
    case 'risk':
      return <RiskForm {...common} />;
    case 'resume':
      return <WhyForm {...common} kind="resume" label={words.resumeWhy} />;
    case 'release':
      return <WhyForm {...common} kind="auth.released" label={words.releaseWhy} />;
    case 'accept-test':
      return <WhyForm {...common} kind="test.accepted" label={words.acceptWhy} />;
    case 'rollback':
      return <WhyForm {...common} kind="rollback.requested" label={words.rollbackWhy} />;
    case 'test':
      return <PlanForm {...common} intent="test" plan={campaign.plans.test} />;
    case 'request':
      return <PlanForm {...common} intent="request" plan={campaign.plans.production} />;
    case 'waive':
      return <HostWordForm {...common} act="waive" />;
    case 'declare':
      return <HostWordForm {...common} act="declare" />;
    case 'audit':
      return <AuditForm {...common} />;
    case 'except':
      return <HostWordForm {...common} act="except" />;
    case 'set-lane':
      return <LaneForm {...common} />;
    case 'defer-test':
      return <DeferForm {...common} />;
  }
}
