import { type CorrectedMember, type CorrectionAnswer, type CorrectionSummary, createWording } from '@laurel/contract'
import { countOf } from '../terminal/terminal.ts'

const wording = createWording('en')

/** A correction in a line, for a list. */
export const correctionLine = ({ id, version, from, status, reason, members }: CorrectionAnswer): string =>
  `${id}  version ${version} from ${from}  ${status}${members.posted === 0 ? '' : `, ${countOf(members.posted, 'member')} posted`}  ${reason}`

/** What it would do, or has done, and what is to be done next. */
export function correctionText(correction: CorrectionAnswer): string {
  const { summary, status } = correction
  return [
    correctionLine(correction),
    ...(summary === null ? [] : status === 'nothing' ? leftOutLines(summary) : ['', ...summaryLines(summary)]),
    '',
    ...nextStep(correction),
  ].join('\n')
}

function summaryLines(summary: CorrectionSummary): string[] {
  const { members, facts, transfers, sharing, assets, levels, vouchers } = summary
  return [
    `${countOf(members, 'member')}, ${countOf(facts, 'order or other fact', 'orders and other facts')}, ${countOf(transfers, 'line')} in the books`,
    ...leftOutLines(summary),
    ...(sharing === 0
      ? []
      : [
          `${countOf(sharing, 'member')} shown as if there were enough of what members share (a budget): it is asked for when it is posted, and may be less`,
        ]),
    ...assets.flatMap((each) => ['', ...assetLines(each)]),
    ...(levels.length === 0 ? [] : ['', 'levels', ...levels.map(levelLine)]),
    ...(vouchers.length === 0 ? [] : ['', 'vouchers', ...vouchers.map(voucherLine)]),
  ]
}

function leftOutLines({ unknown, onTrial, referrals }: CorrectionSummary): string[] {
  return [
    ...(unknown === 0
      ? []
      : [`${countOf(unknown, 'fact')} that the version knows nothing of: judged as before, and left out of this`]),
    ...(onTrial === 0
      ? []
      : [
          `${countOf(onTrial, 'fact')} that a version on trial has judged: what a pilot gave is theirs, and left out of this`,
        ]),
    ...(referrals === 0
      ? []
      : [
          `${countOf(referrals, 'referral')} that the version would pay otherwise: both sides get what was promised when the code was claimed`,
        ]),
  ]
}

const levelLine = ({ members, ...level }: CorrectionSummary['levels'][number]): string =>
  `  ${countOf(members, 'member')}: ${levelText(level)}`

/** What a level becomes, in words. */
export const levelText = ({ ladder, from, to, kept }: CorrectedMember['levels'][number]): string =>
  kept ? `${ladder} ${to} kept, as the version promises it` : `${ladder} ${from ?? 'not begun'} to ${to}`

const voucherLine = ({ reward, given, revoked }: CorrectionSummary['vouchers'][number]): string =>
  `  ${reward}: ${[...(given > 0 ? [`${given} given`] : []), ...(revoked > 0 ? [`${revoked} revoked`] : [])].join(', ')}`

function assetLines({
  asset,
  scale,
  up,
  down,
  debt,
  borne,
  pooled,
  moved,
  biggest,
}: CorrectionSummary['assets'][number]): string[] {
  const amount = (units: number): string => wording.number(units, scale)
  const line = (who: { readonly members: number; readonly amount: number }, what: string): string[] =>
    who.members === 0 ? [] : [`  ${countOf(who.members, 'member')}: ${amount(who.amount)} ${what}`]
  return [
    `${asset}`,
    ...line(up, 'more in all'),
    ...line(down, 'less in all'),
    ...line(debt, 'owed more'),
    ...line(borne, 'of that borne by the program'),
    ...line(pooled, 'back out of pools; what those have spent by then is owed, or borne'),
    ...line(moved, 'lapsing on another day'),
    ...biggest.map(
      ({ member, change, debt: owed, borne: given, pooled: back }) =>
        `    ${member}: ${[
          `${change > 0 ? '+' : ''}${amount(change)}`,
          ...(owed > 0 ? [`owes ${amount(owed)} more`] : []),
          ...(given > 0 ? [`${amount(given)} borne`] : []),
          ...(back > 0 ? [`${amount(back)} back out of pools`] : []),
        ].join(', ')}`,
    ),
  ]
}

function nextStep({ id, status, publishes, version, failure, needsApproval, members }: CorrectionAnswer): string[] {
  switch (status) {
    case 'looking':
      return [`it is still looking: npx laurel correct show ${id}`]
    case 'shown':
      return [
        members.all === 0
          ? `it concerns nobody so far. Approved, version ${version} is published again with its date, for whatever comes late:`
          : 'nothing is posted yet. Approved, it is posted member by member' +
            (publishes ? `, and version ${version} is published again with its date:` : ':'),
        `  npx laurel correct approve ${id}${needsApproval ? '   (by a second person)' : ''}`,
      ]
    case 'nothing':
      return [
        'there is nothing to correct: no fact from then on that this version would judge now was judged by another.',
        'Is it meant to judge again instead of versions published after it? Publish it anew, and correct with the number that it gets:',
        `  npx laurel rollback ${version}`,
      ]
    case 'posting':
      return [`it is being posted: npx laurel correct show ${id}`]
    case 'done':
      return ['every member is corrected']
    case 'cancelled':
      return ['it was cancelled; what is posted stays']
    case 'failed':
      return [`it has failed: ${failure ?? 'nobody knows why'}`]
  }
}
