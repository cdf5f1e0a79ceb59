import { RequestProblem, type WaitingAct } from '@laurel/contract'
import { useQueryClient } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/people.ts'
import type { Named } from '../session/vocabulary.ts'
import { ConfirmAct } from '../tables/confirm-act.tsx'
import { said } from './said.ts'

export const waitingKey = ['waiting-acts']

export const whatOf = ({ asset, amount, kind }: WaitingAct, named: Named): string => {
  const change = `${named.change(amount, asset)} ${named.asset(asset)}`
  return kind === 'reinstatement' ? said.reinstated(change) : change
}

/** Approves or declines what somebody else has asked for; takes back what one has asked for oneself. */
export function AnswerAct({
  act,
  named,
  onAnswered,
}: {
  readonly act: WaitingAct
  readonly named: Named
  /** What came of it, in words. */
  readonly onAnswered: (text: string) => void
}) {
  const { name: own } = useMe()
  const nameOf = useNames()
  const queryClient = useQueryClient()
  const { id, member, askedBy, amount, asset } = act
  const what = whatOf(act, named)
  const answered = async (text: string) => {
    onAnswered(text)
    for (const queryKey of [waitingKey, ['needs-you'], ['member', member]]) {
      await queryClient.invalidateQueries({ queryKey })
    }
  }
  const reject = async () => {
    const { rejected } = await client.call('rejectAct', { path: { act: id } })
    await answered(rejected ? said.declined : said.answeredBefore)
  }
  if (askedBy === own) {
    return (
      <ConfirmAct act={said.takeBack} title={said.takeBackTitle(what, member)} onAct={reject}>
        {said.takeBackMore}
      </ConfirmAct>
    )
  }
  return (
    <>
      <ConfirmAct
        act={said.approve(named.change(amount, asset))}
        title={said.approveTitle(what, member)}
        onAct={async () => {
          try {
            const { granted, refusal } = await client.call('approveAct', { path: { act: id } })
            await answered(granted ? said.done(what, member) : said.refused(refusal?.code ?? ''))
          } catch (error) {
            // Somebody else was faster, and declined it.
            if (!(error instanceof RequestProblem && error.body.code === 'act-rejected')) throw error
            await answered(said.answeredBefore)
          }
        }}
      >
        {said.approveMore(nameOf(askedBy))}
      </ConfirmAct>
      <ConfirmAct act={said.decline} title={said.declineTitle(what, member)} onAct={reject}>
        {said.declineMore}
      </ConfirmAct>
    </>
  )
}
