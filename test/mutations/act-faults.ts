import type { Fault } from './fault.ts'

/** Wrong ways to do what staff, or a member with a price, asks for. */
export const actFaults: readonly Fault[] = [
  {
    name: 'an extension takes points away',
    rule: 'LOT-6',
    file: 'acts-on-lots.ts',
    find: 'endsOn(draft, asset, newLastDay) > event.lastDay',
    replace: 'newLastDay !== event.lastDay',
  },
  {
    name: 'an extension says that it moves what is held, and leaves it',
    rule: 'LOT-6',
    file: 'acts-on-lots.ts',
    find: '{ ...hold, parts }',
    replace: 'hold',
  },
  {
    name: 'an extension finds what is held of a day that is over',
    rule: 'LOT-6',
    file: 'acts-on-lots.ts',
    find: 'day >= dayOf(draft.effective)',
    replace: 'true',
  },
  {
    name: 'points are given back to the day before',
    rule: 'LOT-6',
    file: 'acts-on-lots.ts',
    find: 'lapse !== null && lapse <= draft.effective',
    replace: 'lapse !== null && dayOf(lapse) < dayOf(draft.effective)',
  },
  {
    name: 'a level that ends today ends the one in force',
    rule: 'TIER-1',
    file: 'acts.ts',
    find: 'until !== null && until <= draft.effective',
    replace: 'until !== null && dayOf(until) < dayOf(draft.effective)',
  },
  {
    name: 'a fixed price is what was chosen',
    rule: 'RED-4',
    file: 'rewards/redemption.ts',
    find: "isChosen ? 'price-fixed' : { asset: price.asset, amount: choice.amount }",
    replace: '{ asset: price.asset, amount: points ?? choice.amount }',
  },
]
