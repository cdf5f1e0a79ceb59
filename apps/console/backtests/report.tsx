import type { BacktestAnswer } from '@laurel/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { useVocabulary, wordsOf } from '../session/vocabulary.ts'
import { amountText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Aims, Budgets, Tiers, Vouchers } from './reaching.tsx'
import { Costs, Fares, Months } from './sums.tsx'
import { type Told, toldOf, verdictOf } from './told-report.ts'

/** What a backtest has found: the answer first, then what it stands on. */
export function Report({ backtest: { id } }: { readonly backtest: BacktestAnswer }) {
  const { data: report } = useSuspenseQuery({
    queryKey: ['backtest-report', id],
    queryFn: () => client.call('readBacktestReport', { path: { backtest: id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const told = toldOf(report, useVocabulary())
  const assets = [
    ...new Set(told.candidates.flatMap(({ own }) => own.assets.filter(hasHappened).map(({ asset }) => asset))),
  ]
  return (
    <>
      <Answer told={told} />
      <Costs told={told} assets={assets} />
      {assets.map((asset) => (
        <Fares key={asset} told={told} asset={asset} />
      ))}
      <Aims told={told} />
      <Silent told={told} />
      {assets.map((asset) => (
        <Months key={asset} told={told} asset={asset} />
      ))}
      <Tiers told={told} />
      <Budgets told={told} />
      <Vouchers told={told} />
    </>
  )
}

/** An asset that nobody had says nothing. */
const hasHappened = ({
  earned,
  spent,
  broken,
  outstanding,
  debt,
}: Told['candidates'][number]['own']['assets'][number]) =>
  [earned, spent, broken, outstanding, debt].some(({ amount }) => amount !== 0)

function Answer({ told }: { readonly told: Told }) {
  const { report, candidates } = told
  const [first, ...drafts] = candidates
  const { reproduction, gaps, rejected, rejections } = report
  const said = words.report
  const doubts = [
    ...(reproduction === null || reproduction.differing === 0
      ? []
      : [said.notReproduced(amountText(reproduction.differing), amountText(reproduction.transfers))]),
    ...(gaps.length === 0 ? [] : [said.gaps(gaps.join(', '))]),
    ...(rejected === 0 ? [] : rejections),
  ]
  return (
    <>
      {drafts.map(({ label, own }) => (
        <div key={label} className="verdict">
          {drafts.length === 1 ? null : <h2>{label}</h2>}
          {verdictOf(told, own).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ))}
      {doubts.length === 0 ? null : (
        <section className="doubts" aria-label={said.doubts}>
          <ul>
            {doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </section>
      )}
      <p className="second">
        {[
          said.basis(amountText(report.events), amountText(first?.own.members ?? 0), dayText(report.until)),
          said.assumed[report.assumption],
          ...(reproduction?.differing === 0 ? [said.reproduced(amountText(reproduction.transfers))] : []),
        ].join(' ')}
      </p>
    </>
  )
}

/** Of the drafts: what ran is what it is. */
function Silent({ told: { candidates } }: { readonly told: Told }) {
  const said = words.report
  const asked = candidates.length === 1 ? candidates : candidates.slice(1)
  return (
    <section className="question" aria-label={said.silent}>
      <h2>{said.silent}</h2>
      {asked.map(({ label, own: { silent } }) =>
        silent.length === 0 ? (
          <p key={label} className="second">
            {said.noSilent}
          </p>
        ) : (
          <div key={label}>
            <p className="second">{said.silentMore}</p>
            <ul className="silent">
              {silent.map((rule) => (
                <li key={rule} className="chip warning">
                  {wordsOf(rule)}
                </li>
              ))}
            </ul>
          </div>
        ),
      )}
    </section>
  )
}
