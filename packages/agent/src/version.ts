/** The agent's own version; equal to its package's. */
export const AGENT_VERSION = '0.1.0';
