import type { Campaign, RoomEvidence } from '@patchsteward/contract';
import { type ReactNode, useId } from 'react';
import { strings } from '../platform/strings.ts';
import { ApprovalEvidence, isApproval } from './evidence-approval.tsx';
import { DeploymentEvidence, isDeployment } from './evidence-deployment.tsx';
import { isPreparation, PreparationEvidence } from './evidence-preparation.tsx';

interface EvidenceProps {
  readonly evidence: RoomEvidence;
  readonly campaign: Campaign;
}

/** One thing that a verdict rests on. */
export function Evidence({ evidence, campaign }: EvidenceProps) {
  return (
    <Section title={strings.campaign.evidence[evidence.kind]}>
      {isPreparation(evidence) && <PreparationEvidence evidence={evidence} campaign={campaign.id} />}
      {isApproval(evidence) && <ApprovalEvidence evidence={evidence} campaign={campaign} />}
      {isDeployment(evidence) && <DeploymentEvidence evidence={evidence} campaign={campaign.id} />}
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="ps-evidence" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
