import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/people.ts'
import type { Named } from '../session/vocabulary.ts'
import { agoText } from '../words/format.ts'
import { AnswerAct, waitingKey, whatOf } from './answer-act.tsx'
import { said } from './said.ts'

/** More wait at once only where nobody answers; all of them stand in the room for it. */
const actsMax = 200

/** What waits for a second person and is about this member. */
export function WaitingForMember({
  member,
  balanceOf,
  named,
}: {
  readonly member: string
  readonly balanceOf: (asset: string) => number
  readonly named: Named
}) {
  const { name: own } = useMe()
  const nameOf = useNames()
  const [answered, setAnswered] = useState<string | null>(null)
  const { data } = useQuery({
    queryKey: [...waitingKey, 'first'],
    queryFn: ({ signal }) => client.call('listWaitingActs', { query: { limit: String(actsMax) }, signal }),
  })
  const acts = data?.acts.filter((act) => act.member === member) ?? []
  if (acts.length === 0) {
    return answered === null ? null : (
      <p role="status" className="small second">
        {answered}
      </p>
    )
  }
  return acts.map((act) => (
    <section key={act.id} className="sheet needed">
      <div className="aside-head">
        <h2>{said.needed}</h2>
        <span className="small third">{agoText(act.askedAt)}</span>
      </div>
      <p>{said.neededMore(nameOf(act.askedBy), whatOf(act, named), act.reason)}</p>
      <p className="small second">
        {act.askedBy === own
          ? said.yours
          : said.balanceAfter(named.amountOf(balanceOf(act.asset) + act.amount, act.asset))}
      </p>
      <p className="row-acts">
        <AnswerAct act={act} named={named} onAnswered={setAnswered} />
      </p>
    </section>
  ))
}
