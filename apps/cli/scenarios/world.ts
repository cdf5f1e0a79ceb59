import type { BooksStanding, Happened, Held, MemberStanding, PartnerStanding, PoolStanding } from '@laurel/engine'
import type { Sent } from './sent.ts'

/** What one row did to one member, apart from where it stands on ladders. `member` is the id. */
export interface Told
  extends Pick<
    Happened,
    'moves' | 'refusal' | 'rejection' | 'remarks' | 'waits' | 'entitled' | 'wins' | 'ranks' | 'seats' | 'waiting'
  > {
  readonly member: string
}

export interface RoomUse {
  readonly taken: number
  readonly waiting: number
}

/** Where a scenario is played: the engine alone, or a server. One world for each scenario. */
export interface World {
  /** Sends something at an instant, which becomes the world's now unless it was later already. */
  send(sent: Sent, at: number): Promise<readonly Told[]>
  /** What rows can change about a member, as of now. */
  held(member: string): Promise<Held>
  /** A member as of now; one whom nobody knows has nothing. Nothing is written. */
  member(member: string): Promise<MemberStanding>
  /** Of each shared room how much is taken, over all members, and how many wait. */
  rooms(): Promise<ReadonlyMap<string, RoomUse>>
  /** What has gone between each partner and the program. */
  partners(): Promise<ReadonlyMap<string, PartnerStanding>>
  /** What is in a pool as of what is written; null: nobody has founded it. */
  pool(pool: string): Promise<PoolStanding | null>
  /** The program's own accounts over all members as of what is written. */
  books(): Promise<BooksStanding>
}
