import { NativeSelect, Slider } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { percentOf } from '../backtests/told-report.ts'
import { BarsChart } from '../charts/bars-chart.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import { type Named, useVocabulary, wordsOf } from '../session/vocabulary.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import '../backtests/backtests.css'
import { type Rate, ratesIn, withRate } from './rates.ts'
import { useWhatIf } from './use-what-if.ts'
import type { AssetAnswer, Sample, WhatIfAnswer } from './what-if-worker.ts'

/** Two years of so many members are read in a second and lived again in a moment. */
const membersMax = 100

/** A rate is turned, and what it would have cost on some of the shop's own orders follows, worked out in this browser. */
export function WhatIf({
  document,
  before = document,
  actFor,
}: {
  readonly document: string
  /** What it is compared with. */
  readonly before?: string
  /** What is to be done with the document once a rate was turned. */
  readonly actFor: (document: string) => ReactNode
}) {
  const rates = ratesIn(document)
  const [chosen, setChosen] = useState(0)
  const [value, setValue] = useState<number | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['backtest-sample'],
    queryFn: () => client.call('readBacktestSample', { query: { members: String(membersMax) } }),
    staleTime: Number.POSITIVE_INFINITY,
    // Megabytes, and of no use once nobody looks.
    gcTime: 60_000,
    select: ({ until, recordings, orders }) => ({ orders, sample: { until, recordings } as unknown as Sample }),
  })
  const rate = rates[chosen]
  const turned = rate === undefined || value === null ? document : withRate(document, rate, value)
  const answer = useWhatIf(data?.sample, before, turned)
  const said = words.whatIf
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} />
  if (rate === undefined) return <p className="second">{said.noRates}</p>
  if (data === undefined) return <Waiting rows={5} />
  if (data.orders === 0) {
    return (
      <div className="empty">
        <h2>{said.noOrders}</h2>
        <p className="second">{said.noOrdersRemedy}</p>
      </div>
    )
  }
  const now = value ?? rate.value
  return (
    <section className="what-if" aria-label={said.title}>
      <p className="second">{said.lead(amountText(data.sample.recordings.length), amountText(data.orders))}</p>
      <div className="what-if-rate">
        <NativeSelect
          label={said.rate}
          value={String(chosen)}
          data={rates.map((each, index) => ({ value: String(index), label: rateText(each) }))}
          onChange={({ currentTarget }) => {
            setChosen(Number(currentTarget.value))
            setValue(null)
          }}
        />
        <div>
          <p className="what-if-value">
            {said.from(numberText(rate, rate.value))} <strong>{said.to(numberText(rate, now))}</strong>
          </p>
          <Slider
            key={chosen}
            thumbLabel={said.rate}
            {...rangeOf(rate)}
            value={now}
            label={null}
            thumbSize={24}
            onChange={(next) => setValue(Number(next.toFixed(2)))}
          />
        </div>
      </div>
      {answer === null ? <Waiting rows={3} /> : <Outcome answer={answer} isOld={answer.document !== turned} />}
      {value === null || value === rate.value ? null : <div className="what-if-act">{actFor(turned)}</div>}
    </section>
  )
}

const numberText = ({ kind, unit }: Rate, value: number): string =>
  kind === 'multiplies' ? words.whatIf.times(amountText(value * 100, 2)) : `${amountText(value)} ${unit}`

const rateText = (rate: Rate): string => words.whatIf[rate.kind](wordsOf(rate.rule), numberText(rate, rate.value))

/** From little to three times as much, in steps that somebody would write. */
function rangeOf({ kind, value }: Rate): { min: number; max: number; step: number } {
  if (kind === 'multiplies') return { min: 0.05, max: Math.max(4, value * 2), step: 0.05 }
  const step = value >= 200 ? 10 : value >= 50 ? 5 : 1
  return { min: Math.min(step, value), max: Math.max(5, value * 3), step }
}

function Outcome({ answer, isOld }: { readonly answer: WhatIfAnswer; readonly isOld: boolean }) {
  const named = useVocabulary()
  const said = words.whatIf
  if (answer.finding !== null) {
    return (
      <p className="unreadable" role="status">
        {answer.finding.message} {answer.finding.instead}
      </p>
    )
  }
  const touched = answer.assets.filter(({ before, after }) => before.amount !== 0 || after.amount !== 0)
  return (
    <div aria-busy={isOld}>
      <div role="status" className="verdict">
        {touched.filter(isDifferent).map((each) => (
          <p key={each.asset}>{sentenceOf(each, named)}</p>
        ))}
        {touched.some(isDifferent) ? null : <p>{said.same}</p>}
      </div>
      <BarsChart
        groups={touched.map(({ asset, before, after, scale }) => ({
          label: wordsOf(named.asset(asset)),
          bars: [
            { series: 0, value: before.amount, text: said.now(amountText(before.amount, scale)) },
            { series: 1, value: after.amount, text: said.turned(amountText(after.amount, scale)) },
          ],
        }))}
      />
      <p className="small third">{said.computed(amountText(answer.milliseconds))}</p>
    </div>
  )
}

const isDifferent = ({ before, after, gained, lost }: AssetAnswer): boolean =>
  before.amount !== after.amount || gained + lost > 0

function sentenceOf({ asset, scale, before, after, gained, lost, same }: AssetAnswer, named: Named): string {
  const change = after.amount - before.amount
  const worth = Math.abs((after.minor ?? 0) - (before.minor ?? 0))
  const amount = `${amountText(Math.abs(change), scale)} ${named.asset(asset)}`
  const percent = percentOf(Math.abs(change), before.amount)
  const money = worth === 0 ? '' : named.money(worth)
  const begin =
    change === 0
      ? words.report.asMuch(named.asset(asset))
      : words.report[change > 0 ? 'more' : 'less'](amount, percent, money)
  return `${begin} ${words.report.fares(amountText(gained), amountText(lost), amountText(same))}`
}
