import type { EventToSend } from '@laurel/contract'

/** What a row of a scenario sends, in the words of the interface: the same to the engine alone and to a server. */
export type Sent =
  | { readonly type: 'event'; readonly event: EventToSend }
  | { readonly type: 'join'; readonly member: string; readonly id: string; readonly referral: Referred | null }
  | { readonly type: 'referral-code' | 'referral-click'; readonly member: string }
  | { readonly type: 'preview'; readonly member: string; readonly order: OrderToSend }
  | {
      readonly type: 'reserve'
      readonly member: string
      readonly redemption: string
      readonly reward: string
      readonly points: number | null
      readonly session: string | null
      readonly lastsMs: number | null
      readonly confirm: boolean
      /** In line where the session is full. */
      readonly wait: boolean
    }
  | { readonly type: 'confirm' | 'cancel'; readonly redemption: string }
  | {
      readonly type: 'voucher'
      readonly act: 'use' | 'return' | 'give'
      readonly member: string
      readonly id: string
      readonly reward: string
      /** Null: the oldest of the reward that is unused. */
      readonly voucher: string | null
      /** The order that it is used for, and what a gift card pays of it. */
      readonly order: OrderToSend | null
      readonly amount: number | null
    }
  | { readonly type: 'act'; readonly member: string; readonly id: string; readonly reason: string; readonly act: Act }
  | {
      readonly type: 'give'
      readonly member: string
      readonly id: string
      readonly to: string
      readonly asset: string
      readonly amount: number
    }
  | {
      readonly type: 'found-pool'
      readonly member: string
      readonly id: string
      readonly plan: string
      readonly pool: string
    }
  | { readonly type: 'join-pool' | 'leave-pool'; readonly member: string; readonly id: string; readonly pool: string }
  | { readonly type: 'draw'; readonly draw: string; readonly seed: string | null }
  | { readonly type: 'birthday'; readonly member: string; readonly birthday: string }
  | { readonly type: 'ask'; readonly member: string; readonly benefit: string; readonly total: number | null }
  | { readonly type: 'erase'; readonly member: string; readonly id: string }
  | { readonly type: 'merge'; readonly member: string; readonly id: string; readonly into: string }
  | { readonly type: 'unmerge'; readonly member: string; readonly id: string; readonly reason: string }
  | { readonly type: 'time' }

export type OrderToSend = Extract<EventToSend, { type: 'order.paid' }>['order']

export interface Referred {
  readonly advocate: string
  readonly signals: readonly ('same-device' | 'same-address' | 'same-payment')[]
  readonly recent: number
}

/** Days are written as dates. */
export type Act =
  | { readonly type: 'review-referral'; readonly friend: string; readonly approved: boolean }
  | { readonly type: 'adjust'; readonly asset: string; readonly amount: number }
  | { readonly type: 'extend'; readonly asset: string; readonly lastDay: number; readonly newLastDay: number }
  | {
      readonly type: 'reinstate'
      readonly asset: string
      readonly amount: number
      readonly lastDay: number
      readonly newLastDay: number
    }
  | {
      readonly type: 'override'
      readonly ladder: string
      readonly level: string | null
      readonly endsOn: number | null
    }
  | {
      readonly type: 'accept-refund'
      readonly refund: string
      readonly order: string | null
      readonly amount: number | null
    }

/** Every event of a scenario has this source; what is asked of Laurel itself has Laurel's. */
export const scenarioSource = 'scenario'
