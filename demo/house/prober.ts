import type { Client } from '@patchsteward/contract/client';
import { HOUR_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { PAYLOAD_TYPES, sealEnvelope } from '@patchsteward/trust/dsse';
import { encodeBackupProof } from '@patchsteward/trust/statement';
import type { Host } from '../hosts/host.ts';
import { PROBER } from '../story/people.ts';
import { type Signer, signedBy } from './keys.ts';
import { inTurns } from './turns.ts';

/** Half of what the policy allows: a proof that is about to be too old stops whoever rests on it. */
const PROVE_AGAIN_MS = 12 * HOUR_MS;
const HANDS = 4;
const SNAPSHOT_BYTES = 41_000_000_000;

/** The machine on the side of the backups: says with its own key what it found there. */
export class Prober {
  readonly #client: Client;
  readonly #signer: Signer;
  readonly #clock: () => Instant;
  readonly #watched = new Map<string, { readonly host: Host; provedAt: Instant }>();

  constructor(client: Client, signer: Signer, clock: () => Instant) {
    this.#client = client;
    this.#signer = signer;
    this.#clock = clock;
  }

  get names(): string[] {
    return [...this.#watched.keys()];
  }

  /** Proves the backups of these hosts, now and whenever the last proof is half a day old. */
  async watch(hosts: readonly Host[]): Promise<void> {
    await inTurns(hosts, HANDS, (host) => this.#prove(host));
  }

  async keepUp(): Promise<void> {
    const now = this.#clock();
    const old = [...this.#watched.values()].filter(({ provedAt }) => now - provedAt >= PROVE_AGAIN_MS);
    await this.watch(old.map(({ host }) => host));
  }

  async #prove(host: Host): Promise<void> {
    const now = this.#clock();
    this.#watched.set(host.facts.name, { host, provedAt: now });
    const { name } = host.facts;
    const proof = encodeBackupProof({
      ...{ assetId: host.assetId, hostname: name, provider: 'restic', repository: 'vault' },
      ...{ snapshotId: sha256(`${name} ${now}`).slice('sha256:'.length), takenAt: now - HOUR_MS },
      ...{ bytes: SNAPSHOT_BYTES, files: 180_000, paths: ['/etc', '/srv', '/var'], checkedAt: now - HOUR_MS },
      ...{ probedAt: now - MINUTE_MS, prober: PROBER },
    });
    const { payloadType, payload, signatures } = await signedBy(
      sealEnvelope(PAYLOAD_TYPES.backupProof, proof),
      this.#signer,
    );
    await this.#client('backup.prove', { body: { envelope: { payloadType, payload, signatures: [...signatures] } } });
  }
}
