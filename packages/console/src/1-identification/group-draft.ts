import type { MaintenanceGroup, MaintenanceGroupChange } from '@patchsteward/contract';
import { isWindow, USUAL_WINDOW, type WindowDraft, windowBody, windowDraft } from './window-draft.ts';

const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** A group as its form holds it. */
export interface GroupDraft {
  readonly name: string;
  readonly zone: string;
  readonly windows: readonly WindowDraft[];
}

export function groupDraft(group: MaintenanceGroup | undefined, zone: string): GroupDraft {
  if (group === undefined) return { name: '', zone, windows: [USUAL_WINDOW] };
  return { name: group.name, zone: group.zone, windows: group.windows.map(windowDraft) };
}

export function groupChange(version: number, { zone, windows }: GroupDraft): MaintenanceGroupChange {
  return { version, zone: zone.trim(), windows: windows.map(windowBody) };
}

export function groupProblem({ name, zone, windows }: GroupDraft): 'name' | 'zone' | 'window' | null {
  if (!NAME.test(name)) return 'name';
  if (zone.trim() === '') return 'zone';
  return windows.every(isWindow) ? null : 'window';
}
