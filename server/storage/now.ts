/** The present instant as it is stored: ISO 8601 in UTC. */
export const now = (): string => new Date().toISOString();
