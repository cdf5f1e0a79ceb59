/**
 * Faults that somebody might well make, each as one change of the engine's source. `find` stands exactly once in the file;
 * where the source moves on, its fault moves with it.
 */
export interface Fault {
  readonly name: string
  /** The rule that it breaks. */
  readonly rule: string
  /** Path inside the engine. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

export const faults: readonly Fault[] = [
  // ---- amounts and earning
  {
    name: 'half-even is half-up',
    rule: 'AMT-1',
    file: 'amounts/fraction.ts',
    find: 'above > denominator - above || (above === denominator - above && floor % 2 !== 0)',
    replace: 'above >= denominator - above',
  },
  {
    name: 'ties of a remainder go to the later line',
    rule: 'AMT-2',
    file: 'amounts/prorate.ts',
    find: 'a.index - b.index',
    replace: 'b.index - a.index',
  },
  {
    name: 'tax is eligible',
    rule: 'EARN-2',
    file: 'orders/money.ts',
    find: "if (!include.has('tax')) eligible -= sold.tax",
    replace: '',
  },
  {
    name: 'stored value is eligible',
    rule: 'EARN-2',
    file: 'orders/money.ts',
    find: "if (!include.has('stored-value')) eligible -= line.stored",
    replace: '',
  },
  {
    name: 'a product is a sum',
    rule: 'EARN-3',
    file: 'rules/earn.ts',
    find: "stack === 'sum' ?",
    replace: "stack === 'sum' || stack === 'product' ?",
  },
  {
    name: 'the last of the best wins a tie',
    rule: 'EARN-3',
    file: 'rules/earn.ts',
    find: 'one.numerator * other.denominator > other.numerator * one.denominator',
    replace: 'one.numerator * other.denominator >= other.numerator * one.denominator',
  },
  {
    name: 'exclusive is forgotten',
    rule: 'EARN-3',
    file: 'rules/earn.ts',
    find: "else if (exclusive || (group.take === 'best' && beats(contender, best)))",
    replace: "else if (group.take === 'best' && beats(contender, best))",
  },
  {
    name: 'each line is rounded by itself',
    rule: 'EARN-3',
    file: 'rules/earn.ts',
    find: 'const base = mulDiv(whole, rule.give, unit, rule.round)',
    replace: 'const base = weights.reduce((sum, weight) => sum + mulDiv(weight, rule.give, unit, rule.round), 0)',
  },
  {
    name: 'a cap that refuses trims',
    rule: 'EARN-4',
    file: 'rules/earn.ts',
    find: "const kept = cap.edge === 'refuse' ? 0 : fits",
    replace: 'const kept = fits',
  },
  {
    name: 'a sliding cap holds on for one moment more',
    rule: 'EARN-4',
    file: 'rules/caps.ts',
    find: 'addToTime(local, cap.span.length, -1) + 1',
    replace: 'addToTime(local, cap.span.length, -1)',
  },
  {
    name: 'room that a refund returns goes to the day of the refund',
    rule: 'EARN-4',
    file: 'orders/restate.ts',
    find: 'count(draft, program, cap, period, (now.get(cap) ?? 0) - (before.get(cap) ?? 0))',
    replace:
      'count(draft, program, cap, period === 0 ? 0 : period + 86_400_000, (now.get(cap) ?? 0) - (before.get(cap) ?? 0))',
  },
  {
    name: 'from counts only after its first moment',
    rule: 'TIME-2',
    file: 'rules/applies.ts',
    find: 'clock >= from && clock < to : clock >= from || clock < to',
    replace: 'clock > from && clock <= to : clock > from || clock <= to',
  },
  // ---- points and time
  {
    name: 'a lot lapses at the start of its last day',
    rule: 'TIME-2',
    file: 'points/lots.ts',
    find: "if (typeof lastDay === 'number') return startOf(lastDay + 1)",
    replace: "if (typeof lastDay === 'number') return startOf(lastDay)",
  },
  {
    name: 'what is due now waits for the next moment',
    rule: 'TIME-2',
    file: 'time/timers.ts',
    find: 'if (due === null || due > now.local) continue',
    replace: 'if (due === null || due >= now.local) continue',
  },
  {
    name: 'a reservation times out a moment late',
    rule: 'TIME-2',
    file: 'time/timers.ts',
    find: 'if (hold.untilAt <= now.at)',
    replace: 'if (hold.untilAt < now.at)',
  },
  {
    name: 'timers of one moment fire in the wrong order',
    rule: 'TIME-3',
    file: 'time/timers.ts',
    find: 'timer.rank < first.rank',
    replace: 'timer.rank > first.rank',
  },
  {
    name: 'the life counts from the end of a period downwards',
    rule: 'LOT-2',
    file: 'points/lots.ts',
    find: 'return expiry.endOf ? endOfUnit(last, expiry.endOf) - 1 : last',
    replace: 'return expiry.endOf ? endOfUnit(last, expiry.endOf) : last',
  },
  {
    name: 'never-ending lots burn before those that go by activity',
    rule: 'LOT-4',
    file: 'evolve.ts',
    find: "end === 'never' ? 2 : end === 'idle' ? 1 : 0",
    replace: "end === 'never' ? 1 : end === 'idle' ? 2 : 0",
  },
  {
    name: 'what was taken first comes back first',
    rule: 'LOT-4',
    file: 'points/lots.ts',
    find: 'for (let i = parts.length - 1; i >= 0 && missing > 0; i--) {',
    replace: 'for (let i = 0; i < parts.length && missing > 0; i++) {',
  },
  {
    name: 'a credit forgets the debt',
    rule: 'REF-3',
    file: 'points/lots.ts',
    find: 'const repaid = Math.min(amount, state.debt)',
    replace: 'const repaid = 0 * Math.min(amount, state.debt)',
  },
  // ---- refunds
  {
    name: 'a refund is judged by the newest version',
    rule: 'REF-1',
    file: 'orders/restate.ts',
    find: 'const program = programOf(draft.timeline, record.version)',
    replace: 'const program = draft.timeline.at(-1)?.program ?? programOf(draft.timeline, record.version)',
  },
  {
    name: 'a refund lets a rule give more than at first',
    rule: 'REF-1',
    file: 'orders/restate.ts',
    find: 'now: Math.min(given.first, amountOf(due, given))',
    replace: 'now: amountOf(due, given)',
  },
  {
    name: 'each refund by amount is spread by itself',
    rule: 'AMT-3',
    file: 'orders/money.ts',
    find: 'const spread = this.#spread ?? {',
    replace: 'const spread = {',
  },
  {
    name: 'debt comes before other lots',
    rule: 'REF-2',
    file: 'points/clawback.ts',
    find: '  takeOtherLots(draft, asset, left)\n',
    replace: '',
  },
  {
    name: 'what lapsed is not asked',
    rule: 'REF-2',
    file: 'points/clawback.ts',
    find: '  takeLapsed(draft, asset, left, own)\n',
    replace: '',
  },
  {
    name: 'own lots are taken like any others',
    rule: 'REF-2',
    file: 'points/clawback.ts',
    find: '  takeOwnLots(draft, asset, left, own)\n',
    replace: '',
  },
  {
    name: 'the limit is for each clawback, not for the debt',
    rule: 'REF-3',
    file: 'points/clawback.ts',
    find: 'Math.max(0, limit - assetOf(draft.member, asset).debt)',
    replace: 'limit',
  },
  {
    name: 'a confirmation forgets what its order was refunded',
    rule: 'REF-4',
    file: 'rewards/redemption.ts',
    find: '    returnOwed(draft, hold.redemption)\n',
    replace: '',
  },
  {
    name: 'an edit keeps the points that no longer pay',
    rule: 'REF-4',
    file: 'orders/payment-back.ts',
    find: 'if (pays < paid) return Math.max(0, amount)',
    replace: 'if (pays < paid) return 0',
  },
  {
    name: 'the last day of refunds is one too late',
    rule: 'REF-7',
    file: 'orders/after-order.ts',
    find: 'dayOf(stamp.local) > addToDay(dayOf(record.local), accept)',
    replace: 'dayOf(stamp.local) > addToDay(dayOf(record.local), accept) + 1',
  },
  // ---- coming and going
  {
    name: 'who has left earns on',
    rule: 'END-1',
    file: 'member.ts',
    find: "left !== null ? 'left' : frozen ? 'frozen' : null",
    replace: "frozen ? 'frozen' : null",
  },
  {
    name: 'a frozen member climbs',
    rule: 'END-1',
    file: 'orders/order.ts',
    find: 'if (away !== null) return { earned: []',
    replace: "if (away === 'left') return { earned: []",
  },
  {
    name: 'what is left is forfeited a day late',
    rule: 'TIME-2',
    file: 'time/timers.ts',
    find: 'if (forfeitOn !== null && startOf(forfeitOn) <= now.local) {',
    replace: 'if (forfeitOn !== null && startOf(forfeitOn + 1) <= now.local) {',
  },
  {
    name: 'pending points outlive who left',
    rule: 'END-1',
    file: 'points/gone.ts',
    find: 'for (const entry of draft.member.pending.slice()) forfeitPending(draft, entry)',
    replace: '',
  },
  {
    name: 'a refund after leaving asks again for what was forfeited',
    rule: 'REF-2',
    file: 'points/clawback.ts',
    find: 'takeForfeited(draft, asset, left, isAmong(own))\n',
    replace: '\n',
  },
  {
    name: 'joining again does not end having left',
    rule: 'END-1',
    file: 'membership.ts',
    find: "if (left !== null) emit(draft, { type: 'status', frozen, left: null })",
    replace: '',
  },
  {
    name: 'what comes after leaving stays',
    rule: 'END-1',
    file: 'membership.ts',
    find: 'if (draft.member.left?.forfeitOn !== null) return',
    replace: 'return',
  },
  {
    name: 'erasing forgets the debt',
    rule: 'LED-9',
    file: 'membership.ts',
    find: "move(draft, 'write-off', asset, 'adjusted', 'debt', debt)",
    replace: 'void [asset, debt]',
  },
  // ---- tiers and requests
  {
    name: 'a level is reached above its reach only',
    rule: 'TIER-2',
    file: 'tiers/judge.ts',
    find: 'sum >= level.reach',
    replace: 'sum > level.reach',
  },
  {
    name: 'a rolling window looks a day too far back',
    rule: 'TIER-3',
    file: 'tiers/window.ts',
    find: 'startOf(addToDay(dayOf(now), window.length, -1) + 1)',
    replace: 'startOf(addToDay(dayOf(now), window.length, -1))',
  },
  {
    name: 'a partial refund takes the tier',
    rule: 'TIER-6',
    file: 'tiers/judge.ts',
    find: "ladder.afterRefund === 'revoke' ? sums.net : sums.highest",
    replace: 'sums.net',
  },
  {
    name: 'a fall knows no grace',
    rule: 'TIER-4',
    file: 'tiers/judge.ts',
    find: 'if (ladder.fall.grace && !graceIsOver)',
    replace: 'if (ladder.fall.grace && graceIsOver)',
  },
  {
    name: 'a reward may cost all points but one',
    rule: 'RED-1',
    file: 'rewards/redemption.ts',
    find: "if (amount > active) return no('short', amount - active)",
    replace: "if (amount >= active) return no('short', amount - active)",
  },
  {
    name: 'a stored answer is judged again',
    rule: 'EVT-2',
    file: 'rewards/redemption.ts',
    find: 'const answer = event.answer ?? judgeReserve(draft, event)',
    replace: 'const answer = judgeReserve(draft, event)',
  },
  {
    name: 'a late fact is decided on top',
    rule: 'EVT-2',
    file: 'decide.ts',
    find: 'if (member.head && comparePositions(positionOf(event), member.head) < 0) return true',
    replace: '',
  },
]
