import type { CorrectedMember, CorrectionSummary } from '@laurel/contract'
import { Question } from '../charts/question.tsx'
import { type Named, useVocabulary, wordsOf } from '../session/vocabulary.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

const directions = ['up', 'down', 'debt', 'borne', 'pooled', 'moved'] as const

/** What is posted in all: by asset, by level and by reward. */
export function CorrectionSums({ summary, file }: { readonly summary: CorrectionSummary; readonly file: string }) {
  const named = useVocabulary()
  const { members, facts, transfers, unknown, onTrial, referrals, sharing, assets, levels, vouchers } = summary
  const said = words.correctionRoom
  return (
    <>
      <p className="second">
        {[
          said.basis(amountText(members), amountText(facts), amountText(transfers)),
          ...(unknown === 0 ? [] : [said.unknown(amountText(unknown))]),
          ...(onTrial === 0 ? [] : [said.onTrial(amountText(onTrial))]),
          ...(referrals === 0 ? [] : [said.referrals(referrals, amountText(referrals))]),
          ...(sharing === 0 ? [] : [said.sharing(amountText(sharing))]),
        ].join(' ')}
      </p>
      {assets.length === 0 ? null : (
        <Question
          title={said.sums}
          file={`${file}-sums`}
          columns={[
            { name: said.asset },
            ...directions.map((direction) => ({ name: said.directions[direction], isNumber: true })),
          ]}
          rows={assets.map((each) => [
            { text: wordsOf(named.asset(each.asset)), value: each.asset },
            ...directions.map((direction) => {
              const { amount, members: who } = each[direction]
              const text = amountText(amount, each.scale)
              return {
                text: who === 0 ? text : said.amountOfMembers(text, who, amountText(who)),
                value: amount / 10 ** each.scale,
              }
            }),
          ])}
        />
      )}
      {levels.length + vouchers.length === 0 ? null : (
        <ul className="changed also">
          {levels.map((level) => (
            <li key={`${level.ladder} ${level.from} ${level.to} ${level.kept}`}>
              {said.ofMembers(levelText(level, named), level.members, amountText(level.members))}
            </li>
          ))}
          {vouchers.map(({ reward, given, revoked }) => (
            <li key={reward}>{said.vouchers(named.reward(reward), amountText(given), amountText(revoked))}</li>
          ))}
        </ul>
      )}
    </>
  )
}

export function levelText({ ladder, from, to, kept }: CorrectedMember['levels'][number], named: Named): string {
  const said = words.correctionRoom
  const level = named.level(ladder, to)
  if (kept) return said.levelKept(level)
  return from === null ? said.levelBegun(level) : said.levelChanged(named.level(ladder, from), level)
}
