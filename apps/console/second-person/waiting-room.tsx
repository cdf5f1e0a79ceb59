import type { WaitingAct } from '@laurel/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { OnlyFor } from '../frame/only-for.tsx'
import { client } from '../session/client.ts'
import { useWho } from '../session/people.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { memberColumn } from '../tables/member-column.tsx'
import { agoText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { AnswerAct, waitingKey, whatOf } from './answer-act.tsx'
import { said } from './said.ts'

const route = getRouteApi('/waiting')

const onPage = 50
const inFile = 200

/** What waits for a second person, oldest first. */
export const WaitingRoom = () => (
  <OnlyFor scope="adjustments:write" room={words.secondPerson}>
    <WaitingActs />
  </OnlyFor>
)

async function readActs(cursor: string | undefined, limit: number, signal: AbortSignal) {
  const { acts: rows, next } = await client.call('listWaitingActs', { query: { cursor, limit: String(limit) }, signal })
  return { rows, next }
}

function WaitingActs() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [answered, setAnswered] = useState<string | null>(null)
  const columns = useColumns(setAnswered)
  const answer = useQuery({
    queryKey: [...waitingKey, cursor],
    queryFn: ({ signal }) => readActs(cursor, onPage, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <title>{`${words.secondPerson} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.secondPerson}</h1>
        {(answer.data?.rows.length ?? 0) === 0 ? null : (
          <div className="room-acts">
            <CsvButton
              file="second-person"
              columns={columns}
              readPage={(from, signal) => readActs(from, inFile, signal)}
            />
          </div>
        )}
      </div>
      <p className="second room-lead">{said.lead}</p>
      {answered === null ? null : (
        <p role="status" className="room-said">
          {answered}
        </p>
      )}
      <Listing
        title={words.secondPerson}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={said.empty}
        cursor={cursor}
        onPage={(to) => navigate({ search: { cursor: to } })}
      />
    </>
  )
}

function useColumns(onAnswered: (text: string) => void): readonly Column<WaitingAct>[] {
  const named = useVocabulary()
  const nameOf = useWho()
  return [
    memberColumn(said.member),
    {
      id: 'what',
      title: said.what,
      cellOf: (act) => <strong>{whatOf(act, named)}</strong>,
      textOf: (act) => whatOf(act, named),
    },
    { id: 'reason', title: said.reason, cellOf: ({ reason }) => reason, textOf: ({ reason }) => reason },
    {
      id: 'asked-by',
      title: said.askedBy,
      cellOf: ({ askedBy }) => nameOf(askedBy),
      textOf: ({ askedBy }) => askedBy,
    },
    {
      id: 'since',
      title: said.since,
      cellOf: ({ askedAt }) => <span className="second">{agoText(askedAt)}</span>,
      textOf: ({ askedAt }) => askedAt,
    },
    {
      id: 'acts',
      title: said.acts,
      cellOf: (act) => (
        <span className="row-acts">
          <AnswerAct act={act} named={named} onAnswered={onAnswered} />
        </span>
      ),
    },
  ]
}
