import { createHash } from 'node:crypto'
import type { Client } from '@laurel/contract'
import { openFile } from '../files.ts'
import { sendTo } from './destination.ts'
import { readProgress, removeProgress, writeProgress } from './progress-file.ts'
import type { ShopHistory } from './read-shop-history.ts'
import { type Counts, longestWaitLast, type MemberEvents, newCounts, sendHistory } from './send-history.ts'

export interface ImportOptions {
  readonly client: Client
  readonly history: ShopHistory
  /** What makes this import the same as an earlier one: the file, the mapping, where it goes. */
  readonly importId: string
  readonly progressFile: string
  readonly interrupted: AbortSignal
  /** Where an earlier run was stopped. */
  readonly onResumed: (membersDone: number) => void
  readonly onReached: (eventsDone: number) => void
}

export interface Imported {
  readonly whole: boolean
  readonly counts: Counts
}

/** How often progress is written down: a kill loses at most this much of it, and nothing else. */
const progressEveryMs = 500

/** Sends a history to a server, from where an earlier run of the same import was stopped. */
export async function importHistory(options: ImportOptions): Promise<Imported> {
  const { client, history, importId, progressFile, interrupted, onResumed, onReached } = options
  const send = sendTo(client)
  const members = longestWaitLast(history.members)
  const stored = readProgress(progressFile, importId)
  const from = stored !== null && (await isTrue(stored.membersDone, members, send)) ? stored : start
  if (from.membersDone > 0) onResumed(from.membersDone)
  let latest = from
  let writtenAt = performance.now()
  const whole = await sendHistory(members, {
    send,
    from,
    interrupted,
    onReached: (membersDone, eventsDone, counts) => {
      latest = { membersDone, counts }
      onReached(eventsDone)
      if (performance.now() - writtenAt < progressEveryMs) return
      writeProgress(progressFile, importId, latest)
      writtenAt = performance.now()
    },
  })
  if (whole) removeProgress(progressFile)
  else writeProgress(progressFile, importId, latest)
  return { whole, counts: latest.counts }
}

const start = { membersDone: 0, counts: newCounts() }

/**
 * A progress file is believed when the last member it calls done is in the database. Members are sent in order and counted as
 * done only up to the first that is not answered, so all before it are there too; in another database, or one that was
 * restored from before, the last is not.
 */
async function isTrue(membersDone: number, members: readonly MemberEvents[], send: ReturnType<typeof sendTo>) {
  const last = members[membersDone - 1]
  if (last === undefined) return false
  let isNew = false
  await sendHistory([last], {
    send,
    from: start,
    interrupted: new AbortController().signal,
    onReached: (_members, _events, { recorded }) => {
      isNew = recorded > 0
    },
  })
  return !isNew
}

/** SHA-256 over everything that decides what an import sends and where. */
export async function importIdOf(file: string, mappingText: string, destination: string): Promise<string> {
  const digest = createHash('sha256').update(`${mappingText}\0${destination}\0`)
  for await (const chunk of openFile(file)) digest.update(chunk)
  return digest.digest('hex')
}
