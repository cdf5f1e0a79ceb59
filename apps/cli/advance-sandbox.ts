import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { AdvanceAnswer, Client } from '@laurel/contract'
import { CommandFailure, exitCodes } from './exit.ts'
import { openProgress } from './terminal/progress.ts'

/** Nobody sees it move faster. */
const lookMs = 250
const dayMs = 86_400_000

/** Lets time pass in the sandbox of a key. Whoever stops the command stops the clock where it is. */
export async function advanceSandbox(
  client: Client,
  body: { readonly days: number } | { readonly to: string },
  interrupted: AbortSignal,
): Promise<AdvanceAnswer> {
  const from = Date.parse((await client.call('readSandbox', {})).clock)
  const to = 'days' in body ? from + body.days * dayMs : Date.parse(body.to)
  const daysFrom = (instant: number) => Math.floor((instant - from) / dayMs)
  // Sent again under one key it is one advance: the answer to the first call may be that it goes on.
  const idempotencyKey = randomUUID()
  const ask = () => client.call('advanceSandbox', { body, idempotencyKey })
  let asking = ask()
  const progress = openProgress('advancing', Math.max(1, daysFrom(to)), 'days')
  try {
    for (;;) {
      const pause = delay(lookMs, null, { signal: interrupted }).catch(() => null)
      const answer = await Promise.race([asking, pause])
      if (answer !== null && answer.status !== 'running') return ended(answer)
      if (interrupted.aborted) throw await stopped(client, to)
      if (answer !== null) asking = ask()
      progress.reach(Math.max(0, daysFrom(Date.parse((await client.call('readSandbox', {})).clock))))
    }
  } finally {
    progress.finish()
    // Given up, it may still be answered, or refused since the server stops: nobody waits for it.
    asking.catch(() => undefined)
  }
}

function ended(advance: AdvanceAnswer): AdvanceAnswer {
  const { status, clock, failure } = advance
  switch (status) {
    case 'running':
    case 'done':
      return advance
    case 'cancelled':
      throw new CommandFailure(exitCodes.interrupted, `somebody else has stopped it at ${clock}`, {
        remedy: 'go on from there',
      })
    case 'failed':
      throw new CommandFailure(exitCodes.fault, failure ?? 'it has failed', {
        remedy: `the clock stands at ${clock}; please report it`,
      })
  }
}

async function stopped(client: Client, to: number): Promise<CommandFailure> {
  const { advancing } = await client.call('readSandbox', {})
  if (advancing !== null) await client.call('cancelAdvance', { path: { advance: advancing } })
  const { clock } = await client.call('readSandbox', {})
  return new CommandFailure(exitCodes.interrupted, `it was asked to stop, and the clock stands at ${clock}`, {
    remedy: `--to ${new Date(to).toISOString()} goes on from there`,
  })
}
