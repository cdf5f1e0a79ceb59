import type { PilotAnswer } from '@laurel/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { client } from '../session/client.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'

const said = words.pilotRoom

/** Few, since one runs at a time and each ends: they are one page. */
async function readPilots(signal: AbortSignal) {
  const { pilots: rows } = await client.call('listPilots', { signal })
  return { rows, next: null }
}

/** Pilots, the latest first. */
export function PilotsRoom() {
  const columns = useColumns()
  const answer = useQuery({ queryKey: ['pilots'], queryFn: ({ signal }) => readPilots(signal) })
  return (
    <>
      <title>{`${words.pilots} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.pilots}</h1>
        <div className="room-acts">
          <CsvButton file="pilots" columns={columns} readPage={(_, signal) => readPilots(signal)} />
        </div>
      </div>
      <Listing
        title={words.pilots}
        answer={answer}
        columns={columns}
        idOf={({ pilot }) => String(pilot)}
        empty={{
          title: said.empty,
          text: said.emptyRemedy,
          way: <Link to="/program">{words.backtestRoom.toProgram}</Link>,
        }}
      />
    </>
  )
}

function useColumns(): readonly Column<PilotAnswer>[] {
  const { zone } = useVocabulary().program
  const titleOf = ({ pilot }: PilotAnswer) => said.title(amountText(pilot))
  return [
    {
      id: 'what',
      title: said.what,
      cellOf: (row) => (
        <Link to="/pilots/$pilot" params={{ pilot: String(row.pilot) }} className="row-link">
          {titleOf(row)}
        </Link>
      ),
      textOf: titleOf,
    },
    {
      id: 'since',
      title: said.since,
      cellOf: ({ inForceFrom }) => <span className="second">{programMomentText(inForceFrom, zone)}</span>,
      textOf: ({ inForceFrom }) => inForceFrom,
    },
    {
      id: 'state',
      title: said.state,
      cellOf: (row) => <span className="second">{pilotStateOf(row)}</span>,
      textOf: pilotStateOf,
    },
  ]
}

export function pilotStateOf({ status, share, holdout }: PilotAnswer): string {
  return said.states[status](amountText(share), amountText(holdout))
}
