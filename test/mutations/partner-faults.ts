import type { Fault } from './fault.ts'

export const partnerFaults: readonly Fault[] = [
  {
    name: 'a refund leaves with the partner what it paid for',
    rule: 'PART-1',
    file: 'partners/settle.ts',
    find: '  add(was, -1)\n  add(is, 1)\n',
    replace: '  if (was.given.length === 0) add(is, 1)\n',
  },
  {
    name: 'what comes back stays with the partner',
    rule: 'PART-1',
    file: 'orders/payment-back.ts',
    find: "    settleBurned(draft, hold, -amount)\n    move(draft, 'return'",
    replace: "    move(draft, 'return'",
  },
  {
    name: 'points that pay again are not the partner’s',
    rule: 'PART-1',
    file: 'orders/payment-back.ts',
    find: '    pointsAgain(draft, hold, -amount)\n    settleBurned(draft, hold, -amount)\n',
    replace: '    pointsAgain(draft, hold, -amount)\n',
  },
  {
    name: 'a partner pays for an asset that is settled with nobody',
    rule: 'PART-1',
    file: 'partners/settle.ts',
    find: 'partner?.[what] === true && partner.settles?.asset === asset',
    replace: 'partner?.[what] === true && partner.settles !== null && asset !== ""',
  },
  {
    name: 'whose place a redemption paid at before it was asked for is forgotten',
    rule: 'PART-1',
    file: 'partners/settle.ts',
    find: '  if (!ahead) return {}\n',
    replace: '  return {}\n',
  },
  {
    name: 'an edit leaves a redemption with nobody that pays at a partner’s place',
    rule: 'PART-1',
    file: 'orders/restate.ts',
    find: '    if (edited) settlePayments(draft, program, content)\n',
    replace: '',
  },
]
