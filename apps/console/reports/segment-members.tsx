import type { MemberScoresAnswer } from '@laurel/contract'
import { NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { useVocabulary } from '../session/vocabulary.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { memberColumn } from '../tables/member-column.tsx'
import { amountText } from '../words/format.ts'
import { said } from './report-words.ts'
import { percentText, segmentText } from './told.ts'

type Score = MemberScoresAnswer['members'][number]

const onPage = 20
const inFile = 1000

const readPage = (segment: string, limit: number) => async (cursor: string | undefined, signal: AbortSignal) => {
  const query = { segment, cursor, limit: String(limit) }
  const { members: rows, next } = await client.call('listMemberScores', { query, signal })
  return { rows, next }
}

/** Whom one would write to: the members of a segment, with what is expected of each. */
export function SegmentMembers({
  segments,
  segment,
  cursor,
  madeAt,
  onGo,
}: {
  readonly segments: readonly string[]
  readonly segment: string
  readonly cursor: string | undefined
  /** Another reading makes other segments. */
  readonly madeAt: string | null
  readonly onGo: (to: { readonly segment: string; readonly cursor: string | undefined }) => void
}) {
  const columns = useColumns()
  const answer = useQuery({
    queryKey: ['insights', 'scores', madeAt, segment, cursor],
    queryFn: ({ signal }) => readPage(segment, onPage)(cursor, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <section className="table-part" aria-label={said.who}>
      <div className="table-head">
        <h2>{said.who}</h2>
        <div className="room-acts">
          <NativeSelect
            aria-label={said.segment}
            value={segment}
            onChange={({ currentTarget }) => onGo({ segment: currentTarget.value, cursor: undefined })}
            data={segments.map((value) => ({ value, label: segmentText(value) }))}
          />
          <CsvButton file={`members-${segment}`} columns={columns} readPage={readPage(segment, inFile)} />
        </div>
      </div>
      <Listing
        title={said.who}
        answer={answer}
        columns={columns}
        idOf={({ member }) => member}
        empty={said.nobody}
        cursor={cursor}
        onPage={(to) => onGo({ segment, cursor: to })}
      />
    </section>
  )
}

function useColumns(): readonly Column<Score>[] {
  const { money, program } = useVocabulary()
  const counted = (value: number | null) => (value === null ? null : Math.round(value * 10))
  const columns: Column<Score>[] = [
    memberColumn(said.member),
    {
      id: 'still-there',
      title: said.stillThere,
      isNumber: true,
      cellOf: ({ alive }) => (alive === null ? said.cannotTell : percentText(alive)),
      textOf: ({ alive }) => alive,
    },
    {
      id: 'next-90',
      title: said.next90,
      isNumber: true,
      cellOf: ({ next90 }) => (next90 === null ? said.cannotTell : amountText(counted(next90) ?? 0, 1)),
      textOf: ({ next90 }) => next90,
    },
    {
      id: 'value',
      title: said.value,
      isNumber: true,
      cellOf: ({ lifetimeValue }) => (lifetimeValue === null ? said.cannotTell : money(lifetimeValue)),
      textOf: ({ lifetimeValue }) => (lifetimeValue === null ? null : lifetimeValue / 10 ** program.currency.exponent),
    },
  ]
  return columns
}
