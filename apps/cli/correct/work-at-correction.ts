import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client, CorrectionAnswer } from '@laurel/contract'
import { CommandFailure, exitCodes } from '../exit.ts'
import { wasInterrupted } from '../terminal/interruption.ts'
import { openProgress, type Progress } from '../terminal/progress.ts'

interface CorrectionToStart {
  readonly from: string
  readonly version: number
  readonly reason: string
}

/** What a correction would post. Whoever stops the command cancels it: nothing is left behind. */
export async function lookAtCorrection(
  client: Client,
  body: CorrectionToStart,
  interrupted: AbortSignal,
): Promise<CorrectionAnswer> {
  const { id } = await client.call('startCorrection', { body, idempotencyKey: randomUUID() })
  return await whenAtRest(client, id, interrupted)
}

/** Posts it. Whoever stops the command ends it between two members, and is told how far it had come. */
export async function approveCorrection(
  client: Client,
  correction: string,
  interrupted: AbortSignal,
): Promise<CorrectionAnswer> {
  await client.call('approveCorrection', { path: { correction } })
  return await whenAtRest(client, correction, interrupted)
}

/** Nobody sees it move faster. */
const lookMs = 250

/** When nobody works at it any more. */
async function whenAtRest(client: Client, correction: string, interrupted: AbortSignal): Promise<CorrectionAnswer> {
  const path = { correction }
  let looking: Progress | null = null
  let posting: Progress | null = null
  for (;;) {
    if (interrupted.aborted) {
      const cancelled = await client.call('cancelCorrection', { path })
      const { members } = cancelled
      const far = members.posted === 0 ? '' : `; ${members.posted} of ${members.all} members are posted, and stay so`
      throw new CommandFailure(
        exitCodes.interrupted,
        `${wasInterrupted().message}: the correction is cancelled${far}`,
        {
          remedy: `with what is left, begin anew: ${commandAnew(cancelled)}`,
        },
      )
    }
    const found = await client.call('readCorrection', { path })
    const { status, parts, members } = found
    if (status === 'looking' && parts.all > 0) {
      looking ??= openProgress('looking', parts.all, 'parts')
      looking.reach(parts.done)
    } else if (status === 'posting') {
      posting ??= openProgress('posting', members.all, 'members')
      posting.reach(members.posted)
    }
    if (status !== 'looking' && status !== 'posting') {
      looking?.finish()
      posting?.finish()
      return found
    }
    await delay(lookMs, undefined, { signal: interrupted }).catch(() => undefined)
  }
}

/** Once it was approved, the version that reaches back is the one that it is posted by. */
const commandAnew = ({ approvedAt, version, postsAs, from, reason }: CorrectionAnswer): string =>
  `npx laurel correct --from ${from} --version ${approvedAt === null ? version : postsAs} --reason ${quoted(reason)}`

/** As a shell takes it for one word. */
const quoted = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
