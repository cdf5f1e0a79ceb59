import type { createClient } from '@laurel/contract'
import { dayText, type Program } from '@laurel/engine'
import { type Act, type Sent, scenarioSource } from '../../apps/cli/scenarios/sent.ts'

type Client = ReturnType<typeof createClient>

/** An act of staff that has a route of its own, under the member it is about. */
type PlainAct = Omit<Extract<Sent, { type: 'act' }>, 'act'> & {
  readonly act: Exclude<Act, { type: 'review-referral' }>
}

/** Asks a server for it, and answers what the route does. */
export async function actOfStaff(client: Client, program: Program, { member, id, reason, act }: PlainAct) {
  const call = { path: { member }, idempotencyKey: id }
  switch (act.type) {
    case 'adjust': {
      const { asset, amount } = act
      return await client.call('adjustPoints', { ...call, body: { asset, amount, reason } })
    }
    case 'extend':
      return await client.call('extendLots', { ...call, body: { asset: act.asset, ...daysOf(act), reason } })
    case 'reinstate': {
      const { asset, amount } = act
      return await client.call('reinstateLots', { ...call, body: { asset, amount, ...daysOf(act), reason } })
    }
    case 'override': {
      const { ladder, level } = act
      const body = { level, endsOn: act.endsOn === null ? null : dayText(act.endsOn), reason }
      return await client.call('overrideTier', { ...call, path: { member, ladder }, body })
    }
    case 'accept-refund': {
      const order = act.order === null ? null : { source: scenarioSource, id: act.order }
      const { refunds } = await client.call('listUnmatchedRefunds', { query: { limit: '200' } })
      // Nobody but the story knows the currency of an order that never came.
      const isUnknown = order === null && refunds.some(({ id, currency }) => id === act.refund && currency === null)
      const body = {
        ...{ order, reason },
        ...(act.amount === null ? {} : { amount: act.amount }),
        ...(isUnknown ? { currency: program.currency.code } : {}),
      }
      return await client.call('acceptRefund', { path: { source: scenarioSource, id: act.refund }, body })
    }
  }
}

const daysOf = ({ lastDay, newLastDay }: Extract<Act, { lastDay: number }>) => ({
  lastDay: dayText(lastDay),
  newLastDay: dayText(newLastDay),
})
