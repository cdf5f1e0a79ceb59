import * as engine from '@laurel/engine'
import { expect, test } from 'vitest'
import { faults } from './faults.ts'
import { hunt, huntFor, huntInCorrections, huntInMerges, stepsByHand } from './hunt.ts'
import { mutantOf } from './mutant.ts'

const seed = 1
const patience = { timeout: 60_000 } // alone each takes a second; machines are shared

test('the auditor finds nothing in the engine itself', patience, () => {
  expect(hunt(engine, 1000, seed)).toBeNull()
  expect(huntInMerges(engine, 25, seed)).toBeNull()
  expect(huntInCorrections(engine, 25, seed)).toBeNull()
})

// The whole list is a command of its own; these say that the alarm works.
const soon = [
  'each line is rounded by itself',
  'a lot lapses at the start of its last day',
  'a credit forgets the debt',
  'a level is reached above its reach only',
  'a share is larger than what is there',
  'what a pool paid comes back to the member',
  'a pool lets one too many in',
  'what is given lives anew',
  'an event is judged by what is in force when it is recorded',
  'an event is judged by the newest version',
  'whoever begins again is given the entry award again',
  'what lapsed on a gift card comes back with a refund',
  'a gift card that is used after a refund gets nothing of it',
  'what a refund gives back to a gift card ends with it',
  'an order forgets which challenges it has met',
  'a refund asks anew of which challenge its member is held out',
]
/** Ways to read the rules of offers, levels, friends, versions and stock wrongly, each caught by its own few steps. */
const atOnce = [
  'what was waived while points were held stays so when they come back',
  'points pay what was waived before they were held',
  'every stretch shares its name',
  'a rule takes back what others gave before what it gave',
  'two members who began on one day have one stretch',
  'a closed window is half-open',
  'orders together do for a single one',
  'as much is more',
  'a single order of as much is more',
  'a second receipt is ignored',
  'an award at the moment of a review takes what time takes at once',
  'a new day of joining takes what was earned beneath an override',
  'an override takes the grace that the facts have',
  'a refund takes what levels gave that time had taken',
  'awards of levels are taken back by name',
  'who kept what a friend brought gets it again',
  'a friend owes what was never given',
  'an older word undoes a newer one',
  'what an event fills is judged by the newest version',
  'what is over is converted',
  'each amount that is converted is rounded by itself',
  'an asset is converted an instant after the start of the version',
  'an award takes nothing of the stock',
  'a full card takes its stamps though its reward is sold out',
  'a version on trial begins for everybody',
  'a version on trial begins for nobody',
  'whoever is in one pilot is in all',
  'an edit asks anew which rules its order has met',
  'what is left of an order gives no rule more than it gave at first',
  'what is left of an order takes room of a cap that it had not taken',
]

function isFound(name: string, steps: number): boolean {
  const fault = faults.find((each) => each.name === name)
  if (fault === undefined) throw new Error(`no fault is called "${name}"`)
  return huntFor(fault, mutantOf(fault), steps, seed) !== null
}

test.each(soon)('a planted fault is found within a thousand steps: %s', patience, (name) => {
  expect(isFound(name, 1000)).toBe(true)
})

test.each(atOnce)(
  'EXP-1 REF-1 REF-2 MRG-1 OFF-1 OFF-2 TIER-7 RFL-1 EVT-3 PIL-1 PIL-2 TRN-2 EARN-5 a planted fault is found at the edges made by hand: %s',
  patience,
  (name) => {
    expect(isFound(name, stepsByHand)).toBe(true)
  },
)
