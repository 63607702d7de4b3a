import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type CampaignEvent, type CampaignState, step } from '@patchsteward/core/campaign';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { Hash, Role } from '@patchsteward/core/vocabulary';
import pg from 'pg';
import { type Login, personOf } from '../people.ts';
import type { World } from '../world.ts';

const SIGNATURE_BYTES = 64;

/** Whoever owns the database writes into it what they like, past every program of ours. */
export class DatabaseOwner {
  readonly #world: World;
  readonly #client: pg.Client;

  private constructor(world: World, client: pg.Client) {
    this.#world = world;
    this.#client = client;
  }

  static async open(world: World): Promise<DatabaseOwner> {
    const place = { host: join(world.server.data, 'run'), user: 'patchsteward', database: 'patchsteward' };
    const client = new pg.Client(place);
    await client.connect();
    return new DatabaseOwner(world, client);
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  /** Votes that nobody gave, in every table that knows of votes, as the machine itself would have written them. */
  async forgeVotes(campaign: string, logins: readonly Login[]): Promise<void> {
    await this.#client.query('begin');
    try {
      await this.#forgeVotes(campaign, logins);
      await this.#client.query('commit');
    } catch (error) {
      await this.#client.query('rollback');
      throw error;
    }
  }

  async #forgeVotes(campaign: string, logins: readonly Login[]): Promise<void> {
    // Held as the server holds it, or an event of the server could take the version that is read here.
    const { rows } = await this.#client.query<{ fold: CampaignState; version: number }>(
      'select fold, version from campaign.campaign where id = $1 for update',
      [campaign],
    );
    let [state, version] = [rows[0]?.fold, rows[0]?.version ?? 0];
    for (const login of logins) {
      if (state?.plan == null) throw new Error(`${campaign} has no plan`);
      await this.#forgeSignature(state.plan.hash, login);
      version += 1;
      state = await this.#forgeEvent(state, login, version);
    }
    if (state?.name === 'approved') {
      // The appointment for it came while nothing was approved yet, and does not come again.
      version += 1;
      state = await this.#append(state, { kind: 'notice.elapsed' }, version, 'system');
    }
    await this.#client.query('update campaign.campaign set fold = $2, state = $3, version = $4 where id = $1', [
      campaign,
      JSON.stringify(state),
      state?.name,
      version,
    ]);
    await this.#wake(campaign);
  }

  /** A work order that was done is to be done once more. */
  async replay(job: string): Promise<void> {
    await this.#client.query(
      `update deployment.job set state = 'queued', ended = false, down = false, updated_at = now(),
         fold = fold || '{"name": "queued", "grant": null, "slot": null}'::jsonb where key = $1`,
      [job],
    );
  }

  async #forgeSignature(plan: Hash, login: Login): Promise<void> {
    const { key } = this.#world.credentials(login);
    await this.#client.query(
      `insert into approval.plan_signature (plan, keyid, person, roles, key_class, intent, sig, why, at)
       values ($1, $2, $3, $4, 'cli', 'approve', $5, null, now()) on conflict do nothing`,
      [plan, key, login, personOf(login).roles, randomBytes(SIGNATURE_BYTES).toString('base64')],
    );
  }

  async #forgeEvent(state: CampaignState, login: Login, version: number): Promise<CampaignState> {
    const plan = state.plan?.hash ?? state.id;
    const roles = personOf(login).roles as readonly Role[]; // The people of the story have roles of the product alone.
    const signed = { person: login, roles, keyClass: 'cli', statement: plan as Hash } as const;
    return this.#append(state, { kind: 'approval.signed', plan: plan as Hash, signed }, version, login);
  }

  async #append(state: CampaignState, event: CampaignEvent, version: number, by: string): Promise<CampaignState> {
    // Whoever forges writes what time they like: the notice is over when they say so.
    const now = Math.max(Date.now(), state.notice?.elapsesAt ?? 0);
    const stepped = step(state, event, { now, policy: DEFAULT_POLICY, by });
    if ('refused' in stepped) throw new Error(`the machine itself refuses the forgery: ${stepped.refused.code}`);
    await this.#client.query(
      `insert into campaign.event (stream, version, campaign, at, actor, kind, body, leaf)
       values ($1::text, $2, $1::text::uuid, now(), 'system', $3, $4, $5)`,
      [state.id, version, event.kind, JSON.stringify(stepped.events[0]), randomUUID()],
    );
    return stepped.state;
  }

  /** The server looks at the campaign, and believes what it reads. */
  async #wake(campaign: string): Promise<void> {
    await this.#client.query(
      `insert into campaign.outbox (kind, key, payload, created_at, not_before)
       values ('campaign.progress', $1, 'null', now(), now()) on conflict do nothing`,
      [campaign],
    );
  }
}
