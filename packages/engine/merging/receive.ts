import { type Draft, emit, move, programAt } from '../draft.ts'
import { assetOf } from '../evolve.ts'
import { withTally } from '../goals/tally.ts'
import { boardWindowsOf } from '../leaderboards/board-state.ts'
import type { AssetState, LadderState } from '../member.ts'
import { burn, credit } from '../points/lots.ts'
import { indexOf, judgeLadder, ladderStateOf, nextReview } from '../tiers/judge.ts'
import { dayOf } from '../time/local.ts'
import { bringAwards, bringChallenges } from './awards.ts'
import { type Brought, broughtIn } from './brought.ts'
import type { MergeReceived } from './events.ts'

/** Takes in what another member was (MRG-1): points lot by lot, facts as dated, caps summed, the higher tier to its end. */
export function receiveMerge(draft: Draft, { merge, from, brought: text }: MergeReceived): void {
  const brought = broughtIn(text)
  bringRows(draft, brought)
  for (const asset of brought.assets) bringPoints(draft, asset, brought)
  for (const entry of brought.pending) emit(draft, { type: 'pending', entry })
  for (const { cap, period, used } of brought.counts) {
    emit(draft, { type: 'count', cap, period, change: used, dropBefore: Number.MIN_SAFE_INTEGER })
  }
  bringAwards(draft, brought, from)
  bringChallenges(draft, brought)
  for (const { leaderboard, windows } of brought.boards ?? []) bringBoard(draft, leaderboard, windows)
  for (const ladder of brought.ladders) bringLadder(draft, ladder)
  const aliases = [...new Set([...(draft.member.aliases ?? []), ...(brought.aliases ?? []), from])].sort()
  emit(draft, { type: 'merged', aliases, last: { merge, from, cause: draft.cause } })
}

/** Orders and redemptions keep their names, so that refunds and returns find them. */
function bringRows(draft: Draft, { orders, finished, waiting, noted = [] }: Brought): void {
  for (const [key, record] of Object.entries(orders)) emit(draft, { type: 'order', key, record })
  for (const [redemption, ended] of Object.entries(finished)) {
    emit(draft, { type: 'hold-ended', redemption, finished: ended })
  }
  for (const event of waiting) emit(draft, { type: 'wait', event })
  for (const refund of noted) emit(draft, { type: 'refund-noted', refund })
}

function bringPoints(draft: Draft, brought: AssetState, { pending, forfeited }: Brought): void {
  const { asset, active, lots, lapsed, debt, activeOn } = brought
  const known = assetOf(draft.member, asset)
  if (activeOn !== null && activeOn > (known.activeOn ?? Number.NEGATIVE_INFINITY)) {
    emit(draft, { type: 'activity-moved', asset, day: activeOn })
  }
  move(draft, 'merge', asset, 'transit', 'active', active)
  for (const { priority, lastDay, amount } of lots) credit(draft, asset, amount, priority, lastDay)
  const waits = pending.reduce((sum, entry) => (entry.asset === asset ? sum + entry.amount : sum), 0)
  move(draft, 'merge', asset, 'transit', 'pending', waits)
  // Paid at once where there is enough: `active` and `debt` are never both above zero (LED-3).
  if (debt > 0) burn(draft, 'merge', asset, 'transit', debt)
  for (const lot of lapsed) {
    const same = assetOf(draft.member, asset).lapsed.find(
      (other) => other.priority === lot.priority && other.lastDay === lot.lastDay && other.lapsedOn === lot.lapsedOn,
    )
    emit(draft, { type: 'lapsed', asset, lot: { ...lot, amount: lot.amount + (same?.amount ?? 0) } })
  }
  for (const part of forfeited) if (part.asset === asset) bringForfeited(draft, part)
}

function bringForfeited(draft: Draft, part: Brought['forfeited'][number]): void {
  const { asset, owner, priority, lastDay, on } = part
  const same = draft.member.forfeited.find(
    (known) =>
      known.asset === asset &&
      known.owner === owner &&
      known.priority === priority &&
      known.lastDay === lastDay &&
      known.on === on,
  )
  emit(draft, { type: 'forfeited', part: { ...part, amount: part.amount + (same?.amount ?? 0) } })
}

/** Facts count as dated. A level that was higher is held until it would have been looked at next; then the facts of both decide. */
function bringLadder(draft: Draft, brought: LadderState): void {
  const program = programAt(draft.timeline, draft.effective)
  const ladder = program.ladders.find(({ id }) => id === brought.ladder)
  if (!ladder) return
  const known = ladderStateOf(draft.member, ladder.id)?.folded ?? { net: 0, highest: 0 }
  const net = known.net + brought.folded.net
  const folded = { net, highest: Math.max(net, known.highest, brought.folded.highest) }
  judgeLadder(draft, program, ladder, 'fact', { added: brought.entries, folded })
  const held = ladderStateOf(draft.member, ladder.id)
  if (held && indexOf(ladder, held.level) >= indexOf(ladder, brought.level)) return
  const until = nextReview(ladder, brought, draft.member.joinedOn ?? dayOf(draft.effective))
  judgeLadder(draft, program, ladder, 'override', { override: { level: brought.level, until } })
}

function bringBoard(
  draft: Draft,
  leaderboard: string,
  brought: NonNullable<Brought['boards']>[number]['windows'],
): void {
  const own = boardWindowsOf(draft.member, leaderboard)
  const windows = [...new Set([...own, ...brought].map(({ from }) => from))]
    .sort((a, b) => a - b)
    .flatMap((from) => {
      const ours = own.find((window) => window.from === from)
      const theirs = brought.find((window) => window.from === from)
      if (!ours || !theirs) return ours ?? theirs ?? []
      return { from, tally: withTally(ours.tally, theirs.tally), since: Math.max(ours.since, theirs.since) }
    })
  emit(draft, { type: 'leaderboard', leaderboard, windows })
}
