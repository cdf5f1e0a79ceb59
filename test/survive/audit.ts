import { createClient } from '@laurel/contract'
import { openConnection } from '../load/connection.ts'
import { decisionIn } from './clients.ts'

/** What a drill must not have done. All zero, or none: nothing was lost. */
export interface Audit {
  readonly acknowledged: number
  readonly recorded: number
  /** Acknowledged, and not in the books. */
  readonly lost: number
  /** In the books more than once. */
  readonly twice: number
  /** In the books, and never sent. */
  readonly unknown: number
  /** Sent again after the drill, and answered otherwise than the first time. */
  readonly answeredOtherwise: number
  /** What `verify` found. */
  readonly disagreements: readonly string[]
}

export const isClean = ({ lost, twice, unknown, answeredOtherwise, disagreements }: Audit): boolean =>
  lost + twice + unknown + answeredOtherwise + disagreements.length === 0

export interface Audited {
  readonly url: string
  readonly key: string
  readonly source: string
  readonly acknowledged: ReadonlyMap<string, string>
  readonly sent: ReadonlyMap<string, string>
}

/** As many answers are asked for again: enough to meet every way in which a batch can end. */
const askedAgainMax = 500

/** Holds what clients were told against what the books say. */
export async function audit({ url, key, source, acknowledged, sent }: Audited): Promise<Audit> {
  const client = createClient({ url, key })
  const timesById = new Map<string, number>()
  let recorded = 0
  let after: string | undefined
  for (;;) {
    const page = await client.call('readDecisions', {
      query: { limit: '1000', ...(after === undefined ? {} : { after }) },
    })
    for (const { event } of page.decisions) {
      if (event?.source !== source) continue
      recorded++
      timesById.set(event.id, (timesById.get(event.id) ?? 0) + 1)
    }
    after = page.next
    if (page.decisions.length === 0) break
  }
  const { disagreements } = await client.call('verifyLedger', {})
  return {
    acknowledged: acknowledged.size,
    recorded,
    lost: [...acknowledged.keys()].filter((id) => !timesById.has(id)).length,
    twice: [...timesById.values()].filter((times) => times > 1).length,
    unknown: [...timesById.keys()].filter((id) => !sent.has(id)).length,
    answeredOtherwise: await countAnsweredOtherwise(url, key, acknowledged, sent, timesById),
    disagreements: disagreements.map((disagreement) => JSON.stringify(disagreement)),
  }
}

async function countAnsweredOtherwise(
  url: string,
  key: string,
  acknowledged: ReadonlyMap<string, string>,
  sent: ReadonlyMap<string, string>,
  inBooks: ReadonlyMap<string, number>,
): Promise<number> {
  const connection = openConnection(url, key)
  // A lost event would be recorded now, and is counted as lost already.
  const ids = [...acknowledged.keys()].filter((id) => inBooks.has(id))
  const step = Math.max(1, Math.floor(ids.length / askedAgainMax))
  let otherwise = 0
  for (let index = 0; index < ids.length; index += step) {
    const id = ids[index] ?? ''
    const reply = await connection.post('/v1/events', sent.get(id) ?? '')
    if (!reply.body.startsWith('{"status":"repeated"') || decisionIn(reply.body) !== acknowledged.get(id)) otherwise++
  }
  connection.close()
  return otherwise
}

export function auditText({
  acknowledged,
  recorded,
  lost,
  twice,
  unknown,
  answeredOtherwise,
  disagreements,
}: Audit): string {
  const shown =
    disagreements.length === 0 ? 'verify is clean' : `verify finds ${disagreements.length}: ${disagreements[0]}`
  return `${acknowledged} acknowledged, ${recorded} in the books, ${lost} lost, ${twice} twice, ${unknown} never sent, ${answeredOtherwise} answered otherwise; ${shown}`
}
