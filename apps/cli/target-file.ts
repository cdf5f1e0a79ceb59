import { closeSync, openSync, realpathSync, renameSync, rmSync, type Stats, statSync } from 'node:fs'
import { CommandFailure, exitCodes } from './exit.ts'

/** A file that a command writes. */
export interface Target {
  readonly descriptor: number
  /** It is whole: now it bears its name. */
  keep(): void
  /** Nothing of it stays. */
  drop(): void
}

/**
 * Opens what a command was told to write (`place`: how it was told). A file is written beside its name and bears it once it is whole,
 * so that one of that name is never half of something, and the one that was there stays until then. A pipe or a device is written
 * straight to: to put a file in its place would take it from whoever reads there. What the command itself reads is refused.
 */
export function openTarget(place: string, file: string, reads: readonly string[] = []): Target {
  const refuse = (message: string, remedy: string) =>
    new CommandFailure(exitCodes.usage, message, { place: `${place} ${file}`, remedy })
  const known = statOf(file)
  if (known?.isDirectory() === true) throw refuse('it is a folder', 'name a file in it')
  if (known !== null && reads.some((read) => isSame(known, statOf(read)))) {
    throw refuse('the command reads this file', 'name another one to write')
  }
  // A link is followed: it goes on pointing where it did.
  const path = known === null ? file : realpathSync(file)
  const isFile = known === null || known.isFile()
  const written = isFile ? `${path}.unfinished` : path
  const descriptor = (() => {
    try {
      return openSync(written, 'w')
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw refuse(`cannot be written: ${why}`, 'check the path')
    }
  })()
  return {
    descriptor,
    keep: () => {
      closeSync(descriptor)
      if (isFile) renameSync(written, path)
    },
    drop: () => {
      closeSync(descriptor)
      if (isFile) rmSync(written, { force: true })
    },
  }
}

/** What is not there, or cannot be looked at, is found when it is opened. */
function statOf(file: string): Stats | null {
  try {
    return statSync(file)
  } catch {
    return null
  }
}

const isSame = (one: Stats, other: Stats | null): boolean => one.dev === other?.dev && one.ino === other.ino
