import type { OsvAffected, OsvRecord } from './schema.ts';

/** The longest title is below 200; more of a text would only cost time. */
const TITLE_CHARACTERS_MAX = 500;

/** `nodejs:18`, but not the id of the advisory, which some titles repeat. */
const MODULE = /(?<![\w:-])\w[\w.+-]*:[\w.+-]+/g;

/** `module_el8.10.0+3871+342e2c2f` of a release: one build of one module and stream, whatever the packages in it. */
const BUILD = /\.(module[_+].+)$/;

function titleOf({ id, summary }: OsvRecord): string {
  return (summary ?? '').slice(0, TITLE_CHARACTERS_MAX).replaceAll(id, '');
}

/** The modules and streams that a title names. */
function namedModules(record: OsvRecord): readonly string[] {
  return titleOf(record).match(MODULE) ?? [];
}

/** What one fix says of a module: by the build that it is of, and by the package. */
interface ModularFix {
  readonly build: string;
  readonly name: string;
}

function modularFixesOf({ affected }: OsvRecord): ModularFix[] {
  return (affected ?? []).flatMap(({ package: { ecosystem, name }, ranges }) => {
    const fixes = (ranges ?? []).flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? []));
    const builds = fixes.flatMap((fixed) => BUILD.exec(fixed)?.[1] ?? []);
    return builds.map((build) => ({ build: `${ecosystem} ${build}`, name: `${ecosystem} ${name}` }));
  });
}

/**
 * Of which module and stream the builds of advisories are. AlmaLinux and Rocky name them only in titles, and a few
 * titles name none: then the other advisories of the same file tell, by builds that they share, or else by packages
 * that were never built for any other stream. What is not certain is left open.
 */
export class ModuleStreams {
  readonly #ofBuild = new Map<string, Set<string>>();
  readonly #ofName = new Map<string, Set<string>>();

  /** Whether others must tell of which module the record is. */
  learn(record: OsvRecord): boolean {
    const fixes = modularFixesOf(record);
    const modules = namedModules(record);
    if (modules.length === 0) return fixes.length > 0;
    for (const { build, name } of fixes) {
      put(this.#ofBuild, build, modules);
      put(this.#ofName, name, modules);
    }
    return false;
  }

  /** The modules with their streams that a build of the record counts in; empty: nobody says. */
  modulesOf(record: OsvRecord): readonly string[] {
    const named = namedModules(record);
    if (named.length > 0) return named;
    const fixes = modularFixesOf(record);
    const byBuild = commonOf(fixes.map(({ build }) => this.#ofBuild.get(build)));
    const common = byBuild ?? commonOf(fixes.map(({ name }) => this.#ofName.get(name))) ?? [];
    const [only] = common;
    // The title still says which module it is, if not which stream.
    return only !== undefined && common.length === 1 && namesModule(titleOf(record), only) ? [only] : [];
  }
}

/** Whether any fix of an entry was built for a module. */
export function isModular({ ranges }: OsvAffected): boolean {
  return (ranges ?? []).some(({ events }) => events.some(({ fixed }) => BUILD.test(fixed ?? '')));
}

function put(known: Map<string, Set<string>>, key: string, modules: readonly string[]): void {
  const before = known.get(key);
  if (before === undefined) known.set(key, new Set(modules));
  else for (const module of modules) before.add(module);
}

/** What all that are known have in common; null: none is known. */
function commonOf(sets: readonly (ReadonlySet<string> | undefined)[]): readonly string[] | null {
  const [first, ...others] = sets.filter((one) => one !== undefined);
  return first === undefined ? null : [...first].filter((module) => others.every((other) => other.has(module)));
}

function namesModule(title: string, module: string): boolean {
  return title.split(/\s+/).includes(module.split(':')[0] ?? '');
}
