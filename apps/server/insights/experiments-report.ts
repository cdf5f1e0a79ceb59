import { dayText } from '@laurel/engine'
import type { Estimate } from '@laurel/insights'
import type { TrialLift } from './lift-worker.ts'
import { type Told, tableOf } from './report.ts'

export function experimentsReport(lifts: readonly TrialLift[]): Told {
  const ends = ({ value, low, high }: Estimate) => [value, low, high]
  return {
    reading: null,
    figures: [],
    tables: [
      tableOf(
        'experiments',
        'What each brought so far',
        [
          ['experiment', 'Experiment'],
          ['since', 'Since'],
          ['treated', 'Got it', 'members'],
          ['held-out', 'Held out', 'members'],
          ['verdict', 'Reading'],
          ['sentence', 'In words'],
          ['spend-treated', 'Spent by who got it, each', 'minor'],
          ['spend-held-out', 'Spent by who was held out, each', 'minor'],
          ['difference', 'Difference', 'minor'],
          ['low', 'At least', 'minor'],
          ['high', 'At most', 'minor'],
          ['buyers-treated', 'Bought, who got it', 'share'],
          ['buyers-held-out', 'Bought, who was held out', 'share'],
          ['buyers-difference', 'Difference of shares', 'share'],
          ['buyers-low', 'At least', 'share'],
          ['buyers-high', 'At most', 'share'],
          ['incremental', 'Spent because of it, by all', 'minor'],
          ['incremental-low', 'At least', 'minor'],
          ['incremental-high', 'At most', 'minor'],
          ['visible', 'Could be seen from', 'minor'],
        ],
        lifts.map(({ name, treated, heldOut, since, lift }) => {
          const who = [name, since === null ? null : dayText(since), treated, heldOut]
          if (lift.type === 'untold')
            return [...who, lift.reason, lift.sentence, ...Array.from({ length: 14 }, () => null)]
          const { spend, buyers, incremental, visible } = lift
          return [
            ...[...who, lift.verdict, lift.sentence, spend.treated, spend.heldOut],
            ...[...ends(spend.difference), buyers.treated, buyers.heldOut, ...ends(buyers.difference)],
            ...[...ends(incremental), visible],
          ]
        }),
        lifts.length > 0
          ? null
          : {
              ...{ type: 'untold', reason: 'nobody-held-out' },
              sentence:
                'Nobody was ever held out of anything, so nobody can know what would have come anyway. An offer, a challenge, a rule or a pilot with a holdout shows it.',
            },
      ),
    ],
  }
}
