import { choice } from '../choice.ts'
import { mapOf, setOf } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, label, orNone, word, yes } from '../scalar.ts'
import { countOf } from '../scalar-count.ts'
import { charityReference } from '../scalar-reference.ts'
import { percent } from '../scalar-share.ts'
import { moment } from '../scalar-time.ts'
import { mapped, mended, reportShape, type ValueOf, writtenMap } from '../shape.ts'
import { texts } from './assets.ts'
import { conditionText } from './condition-text.ts'

const SEGMENTS_MAX = 500

const deeds = setOf(word('what members do', { earn: 'Earning', redeem: 'Redeeming' }), 2)

/** Which terms a member must have accepted. */
export const terms = record('`terms`', {
  current: required(label, 'The version that is in force', '2026-03'),
  neededFor: required(deeds, 'What needs it', '[redeem]'),
})

export const minimumAge = record('`minimumAge`', {
  least: required(countOf('years'), 'From which age on; only the answer is kept, never a date of birth', '16 years'),
  neededFor: required(deeds, 'What needs it', '[redeem]'),
})

/** How members are treated who are marked staff or test. */
export const staff = record('`staff`', {
  earn: required(yes, 'Whether members marked staff or test earn', 'no'),
})

/** What a version needs before it is published. */
export const publishing = record('`publishing`', {
  approval: required(
    word('who approves', {
      'second-person': 'Somebody who has written none of it, by a key of another holder',
    }),
    'Who must approve the next version',
    'second-person',
  ),
})

const left = choice('what becomes of what is left', '{ charity: green-city }', {
  text: mapped(word('what becomes of what is left', { forfeit: 'It is gone' }), () => ({ type: 'forfeit' as const })),
  maps: {
    charity: mapped(
      record('`left`', { charity: required(charityReference, 'Who gets what it is worth', 'green-city') }),
      ({ charity }) => ({ type: 'charity' as const, charity }),
    ),
  },
})

/** How the program ends. */
export const closing = record('`closing`', {
  notice: required(moment, 'From when members are told', '2026-01-01'),
  lastEarn: required(moment, 'The last day on which they earn', '2026-03-31'),
  lastBurn: required(moment, 'The last day on which they spend', '2026-06-30'),
  left: required(left, 'What becomes of what is left then', 'forfeit'),
})
export type ClosingText = ValueOf<typeof closing>

const shareOut = (what: string) =>
  optional(orNone(percent, null, 'Nobody is held out'), `Of ${what}; silence means none`, '10%')

/** Shares of members who do not get something, so that what it brings can be measured. */
const holdoutKeys = record('`holdout`', {
  offers: shareOut('offers'),
  challenges: shareOut('challenges'),
  messages: shareOut('messages'),
  bonuses: shareOut('rules whose `during` has a last day (`through`), whether they give or multiply'),
})

/** `10%`: of all that can be held out, messages apart, which a shop that says nothing of them did not mean. */
export const holdouts: typeof holdoutKeys = {
  ...holdoutKeys,
  read(tree, reading) {
    const share = tree.type === 'text' && tree.text !== '' ? mended(orNone(percent, null, ''), tree, reading) : null
    if (share === null) return holdoutKeys.read(tree, reading)
    const meant = ['offers', 'challenges', 'bonuses'].map((key) => [key, share] as const)
    return reportShape(tree, reading, '`holdout` with keys', '', writtenMap(meant))
  },
}
export type HoldoutsText = ValueOf<typeof holdouts>

const segment = record('a segment', {
  name: optional(texts, 'What staff read, by language; silence means its id', '{ en: Students }'),
  when: optional(conditionText, 'Who is in it; silence means whoever events say', `'member.daysSinceOrder > 60'`),
})
export type SegmentText = ValueOf<typeof segment>
export const segments = mapOf(id, segment, SEGMENTS_MAX)
