import type { CandidateReport } from '@laurel/contract'
import { BarsChart } from '../charts/bars-chart.tsx'
import { Question } from '../charts/question.tsx'
import { wordsOf } from '../session/vocabulary.ts'
import { amountText, dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { aimText, countCell, percentOf, roomText, type Told, textCell } from './told-report.ts'

type Aim = CandidateReport['report']['aims'][number]

/** As many bars as a person compares; all of them are in the table. */
const barsMax = 14

/** How many members come to each goal, and how many could: whoever came within a fifth of it. */
export function Aims({ told }: { readonly told: Told }) {
  const said = words.report
  const names = [...new Set(told.candidates.flatMap(({ own }) => own.aims.map(({ name }) => name)))]
  if (names.length === 0) return null
  const members = Math.max(...told.candidates.map(({ own }) => own.members))
  const found = (own: CandidateReport['report'], name: string) => own.aims.find((aim) => aim.name === name)
  return (
    <Question
      title={said.aims}
      file={`${told.file}-goals`}
      columns={[
        ...[{ name: said.aim }, { name: said.program }],
        ...[said.asks, said.reached, said.near].map((name) => ({ name, isNumber: true })),
      ]}
      rows={names.flatMap((name) =>
        told.candidates.flatMap(({ label, own }) => {
          const aim = found(own, name)
          if (aim === undefined) return []
          return [
            [
              {
                text: (
                  <>
                    {aimText(name, told)} {aim.isTooFar ? <span className="chip warning">{said.tooFar}</span> : null}
                  </>
                ),
                value: name,
              },
              ...[textCell(label), targetCell(told, aim), countCell(aim.reached), countCell(aim.near)],
            ],
          ]
        }),
      )}
    >
      <BarsChart
        whole={members}
        line={{
          at: (members * told.report.fewPercent) / 100,
          label: said.few(percentOf(told.report.fewPercent, 100)),
        }}
        groups={names.slice(0, barsMax).map((name) => ({
          label: aimText(name, told),
          bars: told.candidates.flatMap(({ own }, series) => {
            const aim = found(own, name)
            if (aim === undefined) return []
            return [
              {
                ...{ series, value: aim.reached, more: aim.near },
                text: said.reachedBy(amountText(aim.reached)),
                mark: said.couldReach(amountText(aim.reached + aim.near)),
              },
            ]
          }),
        }))}
      />
    </Question>
  )
}

function targetCell({ named }: Told, { of, target }: Aim) {
  const [kind = '', id = ''] = of.split(':')
  const text =
    kind === 'asset' ? named.amountOf(target, id) : kind === 'tier' ? named.measured(id, target) : amountText(target)
  return { text, value: target }
}

/** How many stand on each level in the end. */
export function Tiers({ told }: { readonly told: Told }) {
  const said = words.report
  const names = [
    ...new Set(told.candidates.flatMap(({ own }) => own.tiers.map(({ ladder, level }) => `${ladder}/${level}`))),
  ]
  if (names.length === 0) return null
  const membersOn = (own: CandidateReport['report'], name: string) =>
    own.tiers.find(({ ladder, level }) => `${ladder}/${level}` === name)?.members ?? 0
  const textOf = (name: string) => told.named.level(name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1))
  return (
    <Question
      title={said.tiers}
      file={`${told.file}-levels`}
      columns={[{ name: said.level }, ...told.candidates.map(({ label }) => ({ name: label, isNumber: true }))]}
      rows={names.map((name) => [
        { text: textOf(name), value: name },
        ...told.candidates.map(({ own }) => countCell(membersOn(own, name))),
      ])}
    >
      <BarsChart
        groups={names.map((name) => ({
          label: textOf(name),
          bars: told.candidates.map(({ own, label }, series) => ({
            ...{ series, value: membersOn(own, name) },
            text: `${amountText(membersOn(own, name))}, ${label}`,
          })),
        }))}
      />
    </Question>
  )
}

/** What is limited: budgets that run out, and caps that cut. */
export function Budgets({ told }: { readonly told: Told }) {
  const said = words.report
  const rooms = told.candidates.flatMap(({ label, own }) => own.rooms.map((room) => ({ label, ...room })))
  const cuts = told.candidates.flatMap(({ label, own }) => own.cuts.map((cut) => ({ label, ...cut })))
  const refused = told.candidates.flatMap(({ label, own }) => own.refused.map((each) => ({ label, ...each })))
  return (
    <>
      {rooms.length === 0 ? null : (
        <Question
          title={said.rooms}
          file={`${told.file}-budgets`}
          columns={[
            ...[{ name: said.budget }, { name: said.program }],
            ...[said.whole, said.asked, said.ranOutOn].map((name) => ({ name, isNumber: true })),
          ]}
          rows={rooms.map(({ label, room, whole, asked, ranOutOn }) => [
            ...[textCell(roomText(room)), textCell(label), countCell(whole), countCell(asked)],
            { text: ranOutOn === null ? said.lasts : dayText(ranOutOn), value: ranOutOn },
          ])}
        />
      )}
      {cuts.length === 0 ? null : (
        <Question
          title={said.cuts}
          file={`${told.file}-caps`}
          columns={[
            ...[{ name: said.cap }, { name: said.rule }, { name: said.program }],
            ...[said.times, said.amount].map((name) => ({ name, isNumber: true })),
          ]}
          rows={cuts.map(({ label, cap, rule, times, amount }) => [
            ...[textCell(wordsOf(cap)), textCell(wordsOf(rule)), textCell(label)],
            ...[countCell(times), countCell(amount)],
          ])}
        />
      )}
      {refused.length === 0 ? null : (
        <Question
          title={said.refused}
          file={`${told.file}-refused`}
          columns={[{ name: said.reason }, { name: said.program }, { name: said.times, isNumber: true }]}
          rows={refused.map(({ label, code, times }) => [textCell(wordsOf(code)), textCell(label), countCell(times)])}
        />
      )}
    </>
  )
}

export function Vouchers({ told }: { readonly told: Told }) {
  const said = words.report
  const rows = told.candidates.flatMap(({ label, own }) =>
    own.vouchers.map(({ reward, status, count }) => [
      ...[textCell(told.named.reward(reward)), textCell(label), textCell(statusText(status)), countCell(count)],
    ]),
  )
  if (rows.length === 0) return null
  return (
    <Question
      title={said.vouchers}
      file={`${told.file}-vouchers`}
      columns={[
        ...[{ name: said.reward }, { name: said.program }, { name: said.became }],
        { name: said.count, isNumber: true },
      ]}
      rows={rows}
    />
  )
}

function statusText(status: string): string {
  const known: Readonly<Record<string, string>> = words.vouchers.statuses
  return known[status] ?? wordsOf(status)
}
