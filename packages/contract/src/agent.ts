import { z } from 'zod';
import { AgentTask, RunnerFacts, TASKS_MAX } from './agent-jobs.ts';
import { HashText, Id, InstantNumber, PackageName, TEXT_CHARACTERS_MAX, Text, Timestamp, textOf } from './units.ts';

/** Most packages seen on one real machine is below 10,000; ten times that is a mistake or an attack. */
export const PACKAGES_PER_HOST_MAX = 50_000;
/** A section of 50,000 packages as JSON, rounded up. */
export const SECTION_BYTES_MAX = 32 * 1024 * 1024;
/** Repositories configured on one machine; a mirror farm has dozens. */
const ORIGINS_PER_HOST_MAX = 2_000;
const KERNELS_PER_HOST_MAX = 1_000;
const RESTARTS_PER_HOST_MAX = 10_000;
/** A process maps some hundred libraries; an upgrade of the whole release replaces all of them. */
const REPLACED_PER_HOST_MAX = 2_000;

const OriginRef = Text;
/** `nodejs:18`: the name of a module and its stream. */
const ModuleStream = textOf(255).regex(/^[^\s:]+:[^\s:]+$/);
const VersionText = textOf(TEXT_CHARACTERS_MAX).min(1);

/** What a packager wrote of itself; nothing is looked up by it. */
const VendorText = textOf(TEXT_CHARACTERS_MAX).min(1);

export const ReleaseBody = z
  .strictObject({
    id: textOf(64).min(1),
    versionId: textOf(64).min(1).nullable(),
    codename: textOf(64).nullable(),
    prettyName: Text,
  })
  .meta({ id: 'Release' });

export const PackagesSection = z
  .strictObject({
    ecosystem: z.enum(['deb', 'rpm', 'apk', 'components']),
    release: ReleaseBody,
    packages: z
      .array(
        z.strictObject({
          name: PackageName,
          /** Empty in a list of components: it does not say. */
          version: Text,
          /** Empty where there are none. */
          architecture: textOf(64),
          source: PackageName,
          sourceVersion: Text,
          state: z.enum(['installed', 'broken']),
          hold: z.boolean(),
          origins: z.array(OriginRef).max(100).nullable(),
          module: ModuleStream.exactOptional(),
          vendor: VendorText.exactOptional(),
          pin: Text.exactOptional(),
          type: textOf(64).min(1).exactOptional(),
          scope: textOf(255).min(1).exactOptional(),
          owner: Text.exactOptional(),
        }),
      )
      .max(PACKAGES_PER_HOST_MAX),
    publishers: z.array(z.strictObject({ origin: OriginRef, publisher: Text.nullable() })).max(ORIGINS_PER_HOST_MAX),
  })
  .meta({ id: 'PackagesSection' });

export const UpdatesSection = z
  .strictObject({
    ecosystem: z.enum(['rpm', 'apk']).exactOptional(),
    updates: z
      .array(
        z.strictObject({
          name: PackageName,
          architecture: textOf(64).min(1),
          from: VersionText,
          to: VersionText,
          source: PackageName,
          sourceVersion: VersionText,
          origins: z.array(OriginRef).max(100),
          sha256: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .nullable(),
          sizeBytes: z.number().int().nonnegative().nullable(),
          phased: z.boolean(),
          module: ModuleStream.exactOptional(),
        }),
      )
      .max(PACKAGES_PER_HOST_MAX),
    /** What the package manager said instead of an answer; then nothing is known of updates. */
    unanswered: Text.nullable(),
  })
  .meta({ id: 'UpdatesSection' });

export const OriginsSection = z
  .strictObject({
    origins: z
      .array(
        z.strictObject({
          id: OriginRef,
          publisher: Text.nullable(),
          label: Text.nullable(),
          suite: Text.nullable(),
          codename: Text.nullable(),
          date: InstantNumber.nullable(),
          validUntil: InstantNumber.nullable(),
          signed: z.boolean(),
        }),
      )
      .max(ORIGINS_PER_HOST_MAX),
  })
  .meta({ id: 'OriginsSection' });

export const SystemSection = z
  .strictObject({
    hostname: textOf(255).min(1),
    machineId: textOf(64).nullable(),
    architecture: textOf(64).min(1),
    bootId: textOf(64).nullable(),
    bootedAt: InstantNumber.nullable(),
    runningKernel: Text,
    installedKernels: z
      .array(z.strictObject({ release: Text, package: PackageName, version: VersionText }))
      .max(KERNELS_PER_HOST_MAX),
    container: z.boolean(),
    rebootNeeded: z.boolean(),
    rebootReasons: z.array(Text).max(KERNELS_PER_HOST_MAX),
    restartNeeded: z.array(Text).max(RESTARTS_PER_HOST_MAX).nullable(),
    replacedCode: z
      .array(z.strictObject({ package: PackageName, users: z.array(Text).min(1).max(RESTARTS_PER_HOST_MAX) }))
      .max(REPLACED_PER_HOST_MAX)
      .exactOptional(),
    agentVersion: textOf(64),
  })
  .meta({ id: 'SystemSection' });

/** The sections by name; each body is addressed by the hash of its canonical JSON. */
export const SECTIONS = {
  packages: PackagesSection,
  updates: UpdatesSection,
  origins: OriginsSection,
  system: SystemSection,
} as const;

export const SectionNameText = z.enum(['packages', 'updates', 'origins', 'system']);

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, 'base64url');
const Pem = z
  .string()
  .max(8192)
  .regex(/^[\x20-\x7e\r\n]+$/, 'PEM');

export const EnrollRequest = z
  .strictObject({
    tokenSecret: Base64Url.max(256),
    /** SubjectPublicKeyInfo, PEM. */
    publicKeyPem: Pem,
    hostname: textOf(255).min(1),
    machineId: textOf(64).nullable(),
    architecture: textOf(64).min(1),
    agentVersion: textOf(64),
    /** base64url signature by the key over canonical JSON {purpose, publicKeyPem, tokenSecretSha256}. */
    proof: Base64Url.max(1024),
  })
  .meta({ id: 'EnrollRequest' });
export type EnrollRequest = z.infer<typeof EnrollRequest>;

export const EnrollAnswer = z
  .object({
    assetId: Id,
    certificatePem: z.string(),
    caPem: z.string(),
    nextPollMs: z.number().int(),
  })
  .meta({ id: 'EnrollAnswer' });
export type EnrollAnswer = z.infer<typeof EnrollAnswer>;

export const CheckInRequest = z
  .strictObject({
    bootId: textOf(64).nullable(),
    sentAt: Timestamp,
    agentVersion: textOf(64),
    sections: z.strictObject({ packages: HashText, updates: HashText, origins: HashText, system: HashText }),
    /** null: nothing on this host may change it. An agent that knows no runner sends nothing. */
    runner: RunnerFacts.nullable().optional(),
  })
  .meta({ id: 'CheckInRequest' });
export type CheckInRequest = z.infer<typeof CheckInRequest>;

export const CheckInAnswer = z
  .object({
    /** true: committed. false: send the missing sections, then check in again. */
    accepted: z.boolean(),
    missing: z.array(SectionNameText),
    nextPollMs: z.number().int(),
    /** None until the check-in is committed. */
    tasks: z.array(AgentTask).max(TASKS_MAX),
  })
  .meta({ id: 'CheckInAnswer' });
export type CheckInAnswer = z.infer<typeof CheckInAnswer>;

export const SectionStored = z.object({ stored: z.literal(true) }).meta({ id: 'SectionStored' });

export const RenewRequest = z.strictObject({ publicKeyPem: Pem }).meta({ id: 'RenewRequest' });
export type RenewRequest = z.infer<typeof RenewRequest>;
export const RenewAnswer = z.object({ certificatePem: z.string(), caPem: z.string() }).meta({ id: 'RenewAnswer' });
export type RenewAnswer = z.infer<typeof RenewAnswer>;
export const CaAnswer = z.object({ caPem: z.string() }).meta({ id: 'CaAnswer' });
export type CaAnswer = z.infer<typeof CaAnswer>;
