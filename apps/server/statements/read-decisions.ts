import type { RouteAnswer, Routes } from '@laurel/contract'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { DECISIONS_MAX } from '../decisions/gather.ts'
import { effectsOf } from '../decisions/stored.ts'
import { tellEffects } from '../decisions/tell-effects.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { type FeedRow, feedAfter, openElsewhere } from './queries.ts'

type FeedPage = RouteAnswer<Routes['readDecisions']>

/** Decisions of all members in the order of the feed, and roots of days; whoever reads on from `next` misses none. */
export async function readDecisions(
  context: ProgramContext,
  program: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<FeedPage> {
  const from = Number(after ?? '0')
  const { application } = context.database
  const elsewhere = (await rowOf(application, openElsewhere()))?.ids ?? []
  const rows = await rowsOf(application, feedAfter(program, from, DECISIONS_MAX, limit, elsewhere))
  return {
    zone: (await context.timelines.of(program))?.latest.zone ?? null,
    decisions: rows.flatMap(decisionOf),
    roots: rows.flatMap(rootOf),
    next: String(rows.at(-1)?.position ?? from),
  }
}

function decisionOf(row: FeedRow): FeedPage['decisions'] {
  const { position, member, seq, recorded_at, occurred_at, content, effects, hash } = row
  if (member === null || seq === null || effects === null) return []
  return [
    {
      position: String(position),
      member,
      seq,
      recordedAt: recorded_at,
      event: content === null || occurred_at === null ? null : { ...identityIn(content), occurredAt: occurred_at },
      effects: tellEffects(effectsOf(effects, content)),
      hash: hash.toString('hex'),
    },
  ]
}

function rootOf({ position, recorded_at, hash, day, members }: FeedRow): FeedPage['roots'] {
  if (day === null || members === null) return []
  return [{ position: String(position), day, root: hash.toString('hex'), members, closedAt: recorded_at }]
}

/** Who sent an event, from its stored content. */
export function identityIn(content: string): { source: string; id: string } {
  const { source, id }: { source: string; id: string } = JSON.parse(content)
  return { source, id }
}
