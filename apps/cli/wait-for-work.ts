import { setTimeout as delay } from 'node:timers/promises'
import { CommandFailure, exitCodes } from './exit.ts'
import { wasInterrupted } from './terminal/interruption.ts'
import { openProgress, type Progress } from './terminal/progress.ts'

/** Nobody sees it move faster. */
const lookMs = 250

/** Long work of the server, part by part. */
interface Work {
  readonly status: 'running' | 'done' | 'cancelled' | 'failed'
  readonly parts: { readonly done: number; readonly all: number }
  readonly failure: string | null
}

export interface Waiting<Found extends Work> {
  readonly read: () => Promise<Found>
  /** What is done to each part: `deciding`. */
  readonly title: string
  /** What helps where it has failed. */
  readonly remedy: string
  readonly interrupted: AbortSignal
  readonly cancel: () => Promise<unknown>
}

/** The work as it is when it is done. Whoever stops the command cancels it, and so does what goes wrong: nothing is left behind. */
export async function waitForWork<Found extends Work>(waiting: Waiting<Found>): Promise<Found> {
  try {
    return await whenDone(waiting)
  } catch (error) {
    await waiting.cancel()
    throw error
  }
}

async function whenDone<Found extends Work>({ read, title, remedy, interrupted }: Waiting<Found>): Promise<Found> {
  let progress: Progress | null = null
  for (;;) {
    if (interrupted.aborted) throw wasInterrupted()
    const found = await read()
    const { status, parts, failure } = found
    if (parts.all > 0) progress ??= openProgress(title, parts.all, 'parts')
    progress?.reach(parts.done)
    switch (status) {
      case 'running':
        await delay(lookMs, undefined, { signal: interrupted }).catch(() => undefined)
        continue
      case 'done':
        progress?.finish()
        return found
      case 'cancelled':
        throw new CommandFailure(exitCodes.interrupted, 'somebody else has cancelled it', { remedy: 'begin it anew' })
      case 'failed':
        throw new CommandFailure(exitCodes.fault, failure ?? 'it has failed', { remedy })
    }
    status satisfies never
  }
}
