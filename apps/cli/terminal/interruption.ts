import { type ExitCode, exitCodes } from '../exit.ts'

/**
 * Ctrl-C and SIGTERM ask a command to stop where it may: the signal is aborted, and the command finishes what it began. Asked a
 * second time, the process ends at once; everything a command does can be done again.
 */
export function listenForInterruption(): AbortSignal {
  const interruption = new AbortController()
  const stop = () => {
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted satisfies ExitCode)
    interruption.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return interruption.signal
}

/** Resolves when the command is asked to stop. */
export const whenInterrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
