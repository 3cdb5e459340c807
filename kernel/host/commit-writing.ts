import { type Ambient, type Commit, type EngineStore, Fault } from '@worldloom/contract'

/** A commit that failed for the connection's sake is tried again after this long, this often; then the engine stops. */
export const COMMIT_RETRY_MS = 250
export const COMMIT_TRIES_MAX = 40

/**
 * Writes a commit; tries again while the connection is at fault. The fence makes one that had got through count once.
 * False when fenced. Rejects when the commit itself cannot be written, or nothing could be for too long.
 */
export async function writeCommit(
  { store, ambient }: { readonly store: EngineStore; readonly ambient: Ambient },
  commit: Commit,
): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      return await store.commit(commit)
    } catch (error) {
      if (!(error instanceof Fault) || error.retry === 'never' || tries === COMMIT_TRIES_MAX) throw error
      await new Promise<void>(resolve => ambient.after(COMMIT_RETRY_MS, resolve))
    }
  }
}
