import type { DeploymentReportBody } from '@patchsteward/contract';

type Host = DeploymentReportBody['hosts'][number];

/** One page without scripts and without anything from elsewhere: it is filed, printed and read offline. // SOP P7.1 */
export function reportPage(report: DeploymentReportBody): string {
  const { title, state, hosts, acts, remarks } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}: deployment report</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${text(title)}</h1>
<p class="state">Deployment report, ${text(moment(report.madeAt))}. The campaign is <strong>${text(state)}</strong>.</p>
${facts(report)}
${remarks.length === 0 ? '' : `<h2>To be noted</h2>\n<ul>${remarks.map((remark) => `<li>${text(remark)}</li>`).join('')}</ul>`}
<h2>Who</h2>
${acts.length === 0 ? '<p>Nobody has signed anything yet.</p>' : actTable(acts)}
<h2>Hosts</h2>
${hosts.length === 0 ? '<p>No host has a work order yet.</p>' : hosts.map(hostSection).join('\n')}
</main>
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.state { margin-top: .25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; } dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid #8886; vertical-align: top; }
code { font-size: .85em; overflow-wrap: anywhere; }
@media print { main { margin: 0; max-width: none; } h3, tr { break-inside: avoid; } }
`;

function facts(report: DeploymentReportBody): string {
  const { totals } = report;
  const rows: readonly (readonly [string, string])[] = [
    ['Campaign', report.campaign],
    ['Update', report.updates.map(updateText).join('; ')],
    ['Lane', report.lane ?? 'not judged'],
    ['Released', moment(report.releasedAt)],
    ['First seen', moment(report.firstSeen)],
    ['Due', report.due === null ? 'no due time' : moment(report.due)],
    ['Done', report.doneAt === null ? 'not on every production host' : moment(report.doneAt)],
    ['In time', timeText(report)],
    ['Requester', report.requester],
    [
      'Production hosts',
      Object.entries(totals)
        .filter(([, count]) => count > 0)
        .map(([outcome, count]) => `${count} ${outcome}`)
        .join(', ') || 'none yet',
    ],
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`).join('')}</dl>`;
}

function updateText({ source, version, fixes }: DeploymentReportBody['updates'][number]): string {
  return `${source} ${version}${fixes.length === 0 ? '' : `, fixes ${fixes.join(', ')}`}`;
}

function timeText({ late, doneAt }: DeploymentReportBody): string {
  if (late) return 'no: late';
  return doneAt === null ? 'so far' : 'yes';
}

function actTable(acts: DeploymentReportBody['acts']): string {
  const rows = acts.map(
    ({ at, person, roles, act, statement }) =>
      `<tr><td>${text(person)}</td><td>${text(roles.join(', '))}</td><td>${text(act)}</td><td>${at === null ? '' : text(moment(at))}</td><td><code>${text(statement)}</code></td></tr>`,
  );
  return `<div class="scroll"><table><thead><tr><th>Person</th><th>Roles</th><th>What</th><th>When</th><th>Signed statement</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function hostSection(host: Host): string {
  const { asset, planKind, wave, outcome, changes, trouble } = host;
  const where = planKind === 'production' ? `production, wave ${wave}` : planKind;
  const notes = [
    host.startedAt === null || host.endedAt === null ? null : `${moment(host.startedAt)} to ${moment(host.endedAt)}`,
    outagesText(host),
    host.rebooted ? 'rebooted' : null,
    host.unmet.length === 0 ? null : `wanted and missing: ${host.unmet.join(', ')}`,
    backupText(host),
    trouble === null ? null : `trouble: ${trouble}`,
  ].filter((note) => note !== null);
  const rows = changes.map(
    ({ name, architecture, before, after }) =>
      `<tr><td>${text(`${name}:${architecture}`)}</td><td>${text(before ?? 'not installed')}</td><td>${text(after ?? 'not installed')}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<div class="scroll"><table><thead><tr><th>Package</th><th>Before</th><th>After</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return `<h3>${text(asset)}: ${text(outcome)} <small>(${text(where)})</small></h3>\n<p>${text(notes.join('; '))}</p>\n${table}`;
}

function outagesText({ outages, endedAt }: Host): string | null {
  if (outages.length > 0) return outages.map(({ unit, seconds }) => `${unit} was down for ${seconds} s`).join(', ');
  return endedAt === null ? null : 'no service was down';
}

function backupText({ backup, planKind }: Host): string | null {
  if (planKind !== 'production') return null;
  return { proof: 'backup proved', waived: 'backup waived', none: 'no backup proved' }[backup];
}

/** `2026-11-24 16:53:07 UTC` */
function moment(timestamp: string): string {
  return `${timestamp.slice(0, 19).replace('T', ' ')} UTC`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names come from hosts and feeds: nothing of them is ever markup. */
function text(raw: string): string {
  return raw.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
