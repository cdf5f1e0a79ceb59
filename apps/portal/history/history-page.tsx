import type { OwnLine } from '@laurel/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import { type Named, useNamed } from '../session/named.ts'
import { shortDayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { Why } from './why.tsx'
import './history.css'

/** Every movement, latest first; each can be asked why. */
export function HistoryPage() {
  const named = useNamed()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['statement'],
    queryFn: ({ pageParam }) =>
      client.call('readSelfStatement', { query: pageParam === null ? {} : { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  if (data === undefined || named === null)
    return error === null ? <Waiting /> : <ProblemView error={error} onRetry={() => void refetch()} />
  const lines = data.pages.flatMap((page) => page.lines)
  return (
    <div className="narrow">
      <h1>{words.history.title}</h1>
      {lines.length === 0 && !hasNextPage ? <p className="empty">{words.history.empty}</p> : null}
      <ul className="lines">
        {lines.map((line) => (
          <Line key={line.number} line={line} named={named} />
        ))}
      </ul>
      {hasNextPage ? (
        <button
          type="button"
          className="button plain"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {words.history.earlier}
        </button>
      ) : null}
    </div>
  )
}

function Line({ line, named }: { readonly line: OwnLine; readonly named: Named }) {
  const [isAsked, setAsked] = useState(false)
  const { kind, occasion, reward, card, asset, amount, moved, balance, effective, number } = line
  const what = words.history.kinds[kind]
  const more = [
    ...(reward === null ? [] : [named.of('rewards', reward)]),
    ...(card === null ? [] : [named.of('cards', card)]),
    ...(occasion === null ? [] : [words.history.occasions[occasion]]),
  ].join(', ')
  return (
    <li>
      <button type="button" className="line" aria-expanded={isAsked} onClick={() => setAsked(!isAsked)}>
        <span className="line-what">
          <strong>{what}</strong>
          {more === '' ? null : <span>{more}</span>}
          <span className="second small">
            {shortDayText(effective)} ·{' '}
            <span className="line-why">{isAsked ? words.frame.close : words.history.why}</span>
          </span>
        </span>
        <span className="line-amount">
          {amount === 0 ? (
            <span className="second">{named.amountOf(moved, asset)}</span>
          ) : (
            <strong>
              <bdi>{named.change(amount, asset)}</bdi> {named.unit(Math.abs(amount), asset)}
            </strong>
          )}
          <span className="second small">{words.history.balance(named.amount(balance, asset))}</span>
        </span>
      </button>
      {isAsked ? <Why number={number} named={named} /> : null}
    </li>
  )
}
