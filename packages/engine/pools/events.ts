import type { ActivePart } from '../points/parts.ts'
import type { RequestAnswer } from '../refusal.ts'
import type { Stamped } from '../stamp.ts'

/** What is asked of a pool, or of a member about one (POOL-1); judged at the head, and never again. */
export interface PoolAsked extends Stamped {
  readonly type: 'pool.asked'
  /** Id of the pool. */
  readonly pool: string
  readonly asks: PoolAsk
  readonly answer: RequestAnswer | null
}

export type PoolAsk = AskedOfPool | AskedOfMember

/** Decided in the pool's own chain. */
export type AskedOfPool =
  /** Makes the pool, and lets its founder in. */
  | { readonly type: 'found'; readonly plan: string; readonly member: string }
  | { readonly type: 'join'; readonly member: string }
  /** Points for a redemption of one of its members, who asks for the reward when they come. */
  | {
      readonly type: 'spend'
      readonly member: string
      readonly asset: string
      readonly amount: number
      readonly reservation: PoolReservation
    }
  | { readonly type: 'close' }

/** Decided in the chain of the member it is about. */
export type AskedOfMember =
  /** A pool has let the member in: by now they may be in another. */
  | { readonly type: 'enter'; readonly plan: string; readonly asset: string }
  | { readonly type: 'leave' }
  /** The share of what was earned goes to the pool. */
  | { readonly type: 'put' }

/** What the member asks for, as the server's own request for a reservation says it. */
export interface PoolReservation {
  readonly redemption: string
  readonly reward: string
  readonly points: number | null
  readonly payable: number | null
  readonly session: string | null
  readonly lastsMs: number | null
}

/** What a pool and its members tell each other by the outbox. */
export interface PoolTold extends Stamped {
  readonly type: 'pool.told'
  readonly pool: string
  /** Whoever sent it: the pool's wallet, or a member. */
  readonly from: string
  readonly tells: PoolWord
}

export type PoolWord = WordToPool | WordToMember

/** Totals grow with their rounds and may overtake one another on the way: an older word after a newer one does nothing. */
export type WordToPool =
  | { readonly type: 'put'; readonly parts: readonly ActivePart[] }
  /** What refunds have claimed back in all of what the member had put in, or one who was merged into them. */
  | { readonly type: 'claimed'; readonly of: string | null; readonly total: number; readonly round: number }
  /** What a redemption has given back in all. */
  | { readonly type: 'back'; readonly redemption: string; readonly total: number; readonly round: number }
  | { readonly type: 'gone' }
  /** Nobody is there any more to pay what was missing. */
  | { readonly type: 'unpaid'; readonly amount: number }

export type WordToMember =
  /** What goes along with who leaves, or is shared out when the pool closes. */
  | {
      readonly type: 'out'
      readonly asset: string
      readonly parts: readonly ActivePart[]
      /** The pool has closed. */
      readonly closes: boolean
    }
  /** Of what refunds claimed, the pool had spent so much; below zero: that much less, as a late fact shows. */
  | { readonly type: 'short'; readonly asset: string; readonly amount: number }

/** Points of a pool that come with a reservation. */
export interface PaidByPool {
  readonly pool: string
  readonly asset: string
  readonly amount: number
  readonly parts: readonly ActivePart[]
}
