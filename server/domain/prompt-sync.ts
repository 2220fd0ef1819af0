/** What a prompt's file and its newest version were when they last said the same, by content hash. */
export type SyncedPrompt = { version: number; hash: string };
/** How a file stands to the prompt it belongs to. `conflict`: both changed since they last said the same, or they never did. */
export type SyncState = 'same' | 'file_changed' | 'version_changed' | 'conflict' | 'only_file' | 'only_version';

/** Compares by content, so that a note or the order of fields is no change. */
export function syncState(
  file: string | null,
  newest: { number: number; hash: string } | null,
  synced: SyncedPrompt | null,
): SyncState {
  if (file === null) return 'only_version';
  if (newest === null) return 'only_file';
  if (file === newest.hash) return 'same';
  if (synced === null) return 'conflict';
  const fileChanged = file !== synced.hash;
  const versionChanged = newest.number !== synced.version;
  if (fileChanged && versionChanged) return 'conflict';
  return fileChanged ? 'file_changed' : 'version_changed';
}
