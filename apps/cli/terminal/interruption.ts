import { CommandFailure, type ExitCode, exitCodes } from '../exit.ts'

let interruption: AbortController | undefined

/** One asking arrives several times where a whole group of processes is told, as by systemd, npm or timeout. */
const sameAskingMs = 1_000

/**
 * Ctrl-C and SIGTERM ask a command to stop where it may: the signal is aborted, and the command finishes what it began. Asked a
 * second time, later, the process ends at once; everything a command does can be done again.
 */
export function listenForInterruption(): AbortSignal {
  if (interruption !== undefined) return interruption.signal
  const asked = new AbortController()
  interruption = asked
  let askedAt = 0
  const stop = () => {
    if (asked.signal.aborted && performance.now() - askedAt > sameAskingMs) {
      process.exit(exitCodes.interrupted satisfies ExitCode)
    }
    if (asked.signal.aborted) return
    askedAt = performance.now()
    asked.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return asked.signal
}

/** Resolves when the command is asked to stop. */
export const whenInterrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

export const wasInterrupted = () =>
  new CommandFailure(exitCodes.interrupted, 'it was asked to stop', {
    remedy: 'the same command goes on or begins anew',
  })
