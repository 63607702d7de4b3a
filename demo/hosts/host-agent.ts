import { type Answer, type Call, FakeAgent } from '../../packages/server/src/1-identification/testing/fake-agent.ts';
import { codeOf } from '../../packages/server/src/platform/system-error.ts';

/**
 * A host is silent for minutes, and the server closes connections that nobody uses. Whoever begins to speak at that very
 * moment is cut off and comes again over a new one, as every agent does: what hosts say may be said twice.
 */
export class HostAgent extends FakeAgent {
  override async call<T>(call: Call): Promise<Answer<T>> {
    try {
      return await super.call<T>(call);
    } catch (error) {
      if (codeOf(error) !== 'ECONNRESET') throw error;
      this.disconnect();
      return super.call<T>(call);
    }
  }
}
