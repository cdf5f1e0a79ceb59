import type { ReportName } from '@laurel/contract'
import { HELD_OUT_DAYS } from './habits.ts'
import { MEMBERS_PLANNED } from './lift-worker.ts'
import { ENGAGEMENT, LIFETIME } from './score-members.ts'

/** What a report answers, and how it is counted: it stands above the figures, wherever they are shown. */
interface ReportWords {
  readonly question: string
  readonly definition: string
}

const WHO =
  'Members of the firm and tests, pools, and whoever was merged into another are not counted. Orders without a member are not known to Laurel, and so are in no figure.'
const SPEND =
  'What members spend is what they paid for goods and kept: tax contained, without shipping, tips and what points paid; what is put on a gift card counts once it pays for goods.'

export const REPORT_WORDS: Readonly<Record<ReportName, ReportWords>> = {
  home: {
    question: 'How does the program do?',
    definition: `Figures of the last 28 days, each beside the 28 days before. Whoever bought or did something is active. ${SPEND} ${WHO}`,
  },
  retention: {
    question: 'Do members come back?',
    definition: `Members by the month of their first purchase, and the share of them who bought in each month after it, with Wilson’s interval; months that are not over are left out. ${WHO}`,
  },
  rfm: {
    question: 'Who are our best members, and whom are we losing?',
    definition: `Everybody who bought, by fifths: how recently, how often, and for how much. The segment goes by the first two, on the grid of ten that is usual; members who are alike are in one fifth. ${SPEND} ${WHO}`,
  },
  'lifetime-value': {
    question: 'What are members worth to us?',
    definition: `What members are expected to spend within ${LIFETIME.years} years, each purchase worth ${100 * LIFETIME.discountPerYear} % less for each year until then; a margin is not taken off. How often they buy and whether they are still there by BG/NBD (Fader, Hardie & Lee 2005), how much by Gamma-Gamma (Fader & Hardie 2013), both fitted to all who bought. The interval of a mean is that of members who differ; how far the model itself can be trusted is shown by the last ${HELD_OUT_DAYS} days, foretold without having been seen. Seasons are not known to it. Engagement, in the scores of members, is what somebody did, at most ${ENGAGEMENT.dayMax} a day, counting half for every ${ENGAGEMENT.halfLifeDays} days since. ${SPEND} ${WHO}`,
  },
  experiments: {
    question: 'What did it bring that would not have come anyway?',
    definition: `Members who met something are compared with those held out of it, as they were drawn and whatever they did with it: what each spent since the day of meeting it, after what they had spent in as many days before is taken out (CUPED). The intervals hold at any time, so that whoever looks every day is misled no more often than one in twenty; they are tightest around ${MEMBERS_PLANNED.toLocaleString('en-GB')} members. Where more or fewer are held out than were to be, no figure is given. ${SPEND} ${WHO}`,
  },
  'profit-and-loss': {
    question: 'Does the program pay?',
    definition:
      'What experiments say that members spent because of the program, times the margin that you state, against the worth of all points that were burned since the first of these experiments began. What has no holdout, or cannot be told yet, brings nothing here and still costs: the answer errs on the side of the costs. Membership fees, and what rewards cost beyond the worth of their points, are not known to Laurel.',
  },
  liability: {
    question: 'What do we owe in points?',
    definition:
      'The movement of points by the month in which they were written down, so that a closed month never changes (FIN-1): whoever holds them, staff included. In money the price of sales is split between goods and points by relative stand-alone selling price, with the points at their stated worth times the share expected to be burned; revenue is released as they are (FIN-2; IFRS 15). Each month is closed once, with what was known then; what changes of it later is posted in the month that is open. Points are taken to be burned oldest first; until breakage can be estimated all of them are taken to be burned. Points given without a sale are spread over the sales of their month. Have an accountant confirm it before it is booked.',
  },
  breakage: {
    question: 'How many points will never be used?',
    definition:
      'Points by the month in which they were given, and what will have been burned of them in the end, from how months before them were burned, age by age (Schmidt & Zocher 2003). Breakage is the rest: it will have lapsed or been forfeited. Each estimate stays in a trail with its day (FIN-3). Told of points that live for a fixed time.',
  },
}
