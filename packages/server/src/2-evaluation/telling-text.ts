import { TELLING_KINDS, type TellingKind } from '@patchsteward/core/2-evaluation';

/** More lines of a kind nobody reads in a mail; the rest is counted, and stands in the lists. */
const LINES_MAX = 30;

const TITLES: Readonly<Record<TellingKind, (count: number) => string>> = {
  exploited: (count) => `${counted(count, 'exploited vulnerability', 'exploited vulnerabilities')}`,
  emergency: (count) => `${counted(count, 'emergency', 'emergencies')}`,
  critical: (count) => `${counted(count, 'critical vulnerability', 'critical vulnerabilities')}`,
  'support-ended': (count) => `${counted(count, 'platform', 'platforms')} without support`,
  'feed-silent': (count) => `${counted(count, 'feed', 'feeds')} fell silent`,
  'announcements-unread': (count) => `announcements of ${counted(count, 'vendor', 'vendors')} wait`,
};

interface Told {
  readonly kind: TellingKind;
  readonly line: string;
}

/** All that waits for one person in one message: counts in its subject, lines below, the most urgent first. */
export function tellingMessage(told: readonly Told[], consoleUrl: string | null) {
  const byKind = Map.groupBy(told, ({ kind }) => kind);
  const parts = TELLING_KINDS.flatMap((kind) => {
    const lines = byKind.get(kind)?.map(({ line }) => line) ?? [];
    return lines.length === 0 ? [] : [{ title: TITLES[kind](lines.length), lines }];
  });
  const text = parts.flatMap(({ title, lines }) => [
    `${title}:`,
    ...lines.slice(0, LINES_MAX).map((line) => `  ${line}`),
    ...(lines.length > LINES_MAX ? [`  and ${lines.length - LINES_MAX} more`] : []),
    '',
  ]);
  return {
    subject: `Patchsteward: ${parts.map(({ title }) => title).join(', ')}`,
    text: [
      ...text,
      ...(consoleUrl === null ? [] : [consoleUrl, '']),
      'How you hear of these: patchsteward notice preferences',
      '',
    ].join('\n'),
  };
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
