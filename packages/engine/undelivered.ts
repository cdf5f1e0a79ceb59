import type { GiftReturned } from './gifts/events.ts'
import type { PoolTold } from './pools/events.ts'
import type { Send } from './send.ts'

/**
 * What its sender is told of a message that nobody is there to receive: points come back, and nobody has entered. Null: nothing is
 * lost with it.
 */
export function undelivered(id: string, event: Send['event'], receiver: string): Undelivered | null {
  switch (event.type) {
    case 'gift.received':
      return { type: 'gift.returned', gift: event.gift, asset: event.asset, parts: event.parts }
    case 'redemption.reserve':
      return { type: 'gift.returned', gift: id, asset: event.paid.asset, parts: event.paid.parts }
    case 'pool.told':
      if (event.tells.type === 'short') {
        const { amount } = event.tells
        return { type: 'pool.told', pool: event.pool, from: receiver, tells: { type: 'unpaid', amount } }
      }
      if (event.tells.type !== 'out') return null
      return { type: 'gift.returned', gift: id, asset: event.tells.asset, parts: event.tells.parts }
    case 'pool.asked':
      if (event.asks.type !== 'enter') return null
      return { type: 'pool.told', pool: event.pool, from: receiver, tells: { type: 'gone' } }
    case 'referral.qualified':
    case 'referral.reversed':
    case 'merge.received':
    case 'merge.undone':
      return null
  }
}

type Undelivered =
  | Pick<GiftReturned, 'type' | 'gift' | 'asset' | 'parts'>
  | Pick<PoolTold, 'type' | 'pool' | 'from' | 'tells'>
