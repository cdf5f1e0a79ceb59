import type { CorrectionAnswer } from '@laurel/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import { useNames } from '../session/people.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { agoText, amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { stateOf } from './correction-state.ts'
import { StartCorrection } from './start-correction.tsx'

const route = getRouteApi('/corrections')
const said = words.correctionRoom

async function readCorrections(cursor: string | undefined, signal: AbortSignal) {
  const { corrections: rows, next } = await client.call('listCorrections', { query: { cursor }, signal })
  return { rows, next }
}

/** From a date on another version should have judged: what was put right so, the latest first. */
export function CorrectionsRoom() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMe()
  const columns = useColumns()
  const answer = useQuery({
    queryKey: ['corrections', cursor],
    queryFn: ({ signal }) => readCorrections(cursor, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <title>{`${words.corrections} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.corrections}</h1>
        <div className="room-acts">
          {may('programs:write') ? <StartCorrection /> : null}
          <CsvButton file="corrections" columns={columns} readPage={readCorrections} />
        </div>
      </div>
      <Listing
        title={words.corrections}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={{ title: said.empty, text: said.emptyRemedy }}
        cursor={cursor}
        onPage={(to) => navigate({ search: { cursor: to } })}
      />
    </>
  )
}

function useColumns(): readonly Column<CorrectionAnswer>[] {
  const nameOf = useNames()
  const { zone } = useVocabulary().program
  const titleOf = ({ version, from }: CorrectionAnswer) =>
    said.title(amountText(version), programMomentText(from, zone))
  return [
    {
      id: 'what',
      title: said.what,
      cellOf: (row) => (
        <>
          <Link to="/corrections/$correction" params={{ correction: row.id }} className="row-link">
            {titleOf(row)}
          </Link>
          <p className="small second">“{row.reason}”</p>
        </>
      ),
      textOf: (row) => `${titleOf(row)} “${row.reason}”`,
    },
    {
      id: 'asked',
      title: said.asked,
      cellOf: ({ startedBy, startedAt }) => (
        <span className="second">{said.askedBy(nameOf(startedBy), agoText(startedAt))}</span>
      ),
      textOf: ({ startedAt }) => startedAt,
    },
    {
      id: 'state',
      title: said.state,
      cellOf: (row) => <span className="second">{stateOf(row)}</span>,
      textOf: stateOf,
    },
  ]
}
