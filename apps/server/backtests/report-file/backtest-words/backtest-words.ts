import type { Assumption } from '@laurel/engine'

/** What the page of a backtest says. `{braces}` are places; numbers stand after a colon, where no language bends the words beside them. */
export interface BacktestWords {
  readonly title: string
  readonly lead: string
  readonly history: string
  readonly assumed: Readonly<Record<Assumption, string>>
  readonly comparedWith: string
  readonly earned: string
  readonly fares: string
  readonly sameAsFirst: string
  readonly gaps: string
  readonly rejected: string
  readonly reproduced: string
  readonly notReproduced: string
  readonly tooFar: string
  readonly silent: string
  readonly ranOut: string
  readonly firstOnly: string
  readonly nothing: string
  readonly questions: {
    readonly months: string
    readonly rules: string
    readonly books: string
    readonly tiers: string
    readonly changes: string
    readonly aims: string
    readonly sizes: string
    readonly segments: string
    readonly gaps: string
    readonly cuts: string
    readonly rooms: string
    readonly vouchers: string
    readonly refused: string
  }
  readonly columns: {
    readonly asset: string
    readonly candidate: string
    readonly month: string
    readonly rule: string
    readonly given: string
    readonly takenBack: string
    readonly net: string
    readonly worth: string
    readonly earned: string
    readonly spent: string
    readonly broken: string
    readonly outstanding: string
    readonly debt: string
    readonly level: string
    readonly members: string
    readonly share: string
    readonly up: string
    readonly down: string
    readonly aim: string
    readonly reached: string
    readonly near: string
    readonly difference: string
    readonly segment: string
    readonly gained: string
    readonly lost: string
    readonly same: string
    readonly more: string
    readonly less: string
    readonly member: string
    readonly before: string
    readonly after: string
    readonly cap: string
    readonly times: string
    readonly amount: string
    readonly room: string
    readonly whole: string
    readonly asked: string
    readonly ranOutOn: string
    readonly reward: string
    readonly status: string
    readonly count: string
    readonly reason: string
  }
}
