import type { LocalTime } from '../time/local.ts'
import type { CharityStanding } from './charity-columns.ts'
import type { Column } from './column.ts'
import type { MemberStanding } from './columns.ts'
import type { Expected } from './outcomes.ts'
import type { PartnerStanding } from './partner-columns.ts'
import type { PoolStanding } from './pool-columns.ts'
import type { RoomKind, RoomStanding } from './room-columns.ts'
import type { Step } from './step.ts'
import type { Cell } from './tables.ts'
import type { ClockOffset } from './words.ts'

/** One story of a program: what happens, what is decided, and what stands in the books. */
export interface Scenario {
  readonly title: string
  readonly line: number
  /** Everybody who is named, in order of appearance. */
  readonly members: readonly string[]
  /** In the order of the page. */
  readonly parts: readonly Part[]
}

export type Part =
  | { readonly type: 'happens'; readonly rows: readonly Row[] }
  | { readonly type: 'members'; readonly rows: readonly StandingRow<MemberStanding>[] }
  | { readonly type: 'charities'; readonly rows: readonly StandingRow<CharityStanding>[] }
  | { readonly type: 'rooms'; readonly kind: RoomKind; readonly rows: readonly StandingRow<RoomStanding>[] }
  | { readonly type: 'partners'; readonly rows: readonly StandingRow<PartnerStanding>[] }
  | { readonly type: 'pools'; readonly rows: readonly StandingRow<PoolStanding>[] }
  | { readonly type: 'accounts'; readonly rows: readonly StandingRow<ReadonlyMap<string, number>>[] }

export interface Row {
  /** From 1 in the scenario: what its event is called by. */
  readonly number: number
  readonly line: number
  /** On the program's clock. */
  readonly when: LocalTime
  readonly offset: ClockOffset | null
  readonly who: string
  readonly step: Step
  readonly expected: Expected | null
}

export interface StandingRow<Of> {
  /** The member or account. */
  readonly of: string
  readonly line: number
  readonly cells: readonly { readonly column: Column<Of>; readonly cell: Cell; readonly expected: string }[]
}
