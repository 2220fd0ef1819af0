/** One turn of a conversation that is a variable of a case. */
export type Turn = { role: string; content: string };

/** Reads a value as a conversation: a list of nothing but turns, not empty. Null for anything else. */
export function transcriptOf(value: unknown): Turn[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const turns = value.filter(isTurn);
  return turns.length === value.length ? turns : null;
}

function isTurn(value: unknown): value is Turn {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false;
  return 'role' in value && typeof value.role === 'string' && 'content' in value && typeof value.content === 'string';
}
