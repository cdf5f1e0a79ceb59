import type { AuditEntry } from '@laurel/contract'
import { Autocomplete, Button, NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { OnlyFor } from '../frame/only-for.tsx'
import { client } from '../session/client.ts'
import { useTeamNames, useWho } from '../session/people.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { SavedViews } from '../tables/saved-views.tsx'
import { agoText, amountText, momentText } from '../words/format.ts'
import { words } from '../words/words.ts'

const entriesOnPage = 50
const entriesInFile = 200

const route = getRouteApi('/audit')
const said = words.auditRoom
const actTexts: Readonly<Record<string, string>> = said.acts

/** What was done here, by whom, latest first. */
export const AuditRoom = () => (
  <OnlyFor scope="audit:read" room={words.audit}>
    <Audit />
  </OnlyFor>
)

const readEntries =
  (who: string | undefined, what: string | undefined, limit: number) =>
  async (cursor: string | undefined, signal: AbortSignal) => {
    const query = { actor: who, act: what, cursor, limit: String(limit) }
    const { entries: rows, next } = await client.call('listAudit', { query, signal })
    return { rows, next }
  }

function Audit() {
  const { who, what, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useColumns()
  const whoOf = useWho()
  const answer = useQuery({
    queryKey: ['audit', who, what, cursor],
    queryFn: ({ signal }) => readEntries(who, what, entriesOnPage)(cursor, signal),
    placeholderData: keepPreviousData,
  })
  const nameOf = (view: string) => {
    const [actor = '', act = ''] = view.split(' ')
    return said.view(actor === '' ? '' : whoOf(actor), actTexts[act] ?? act)
  }
  const isAll = who === undefined && what === undefined
  return (
    <>
      <title>{`${words.audit} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.audit}</h1>
        <div className="room-acts">
          <SavedViews
            table="audit"
            view={isAll ? '' : `${who ?? ''} ${what ?? ''}`}
            nameOf={nameOf}
            everything={said.everything}
            onChoose={(view) => {
              const [actor = '', act = ''] = view.split(' ')
              void navigate({
                search: { who: actor === '' ? undefined : actor, what: act === '' ? undefined : act },
              })
            }}
          />
          <CsvButton file="audit" columns={columns} readPage={readEntries(who, what, entriesInFile)} />
        </div>
      </div>
      <p className="second room-lead">{said.lead}</p>
      <Filters key={`${who} ${what}`} />
      <Listing
        title={words.audit}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={isAll ? said.emptyAll : said.emptyFound}
        cursor={cursor}
        onPage={(to) => navigate({ search: { who, what, cursor: to } })}
      />
    </>
  )
}

function Filters() {
  const { who, what } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState(who ?? '')
  const team = useTeamNames()
  const look = (actor: string, act: string | undefined) =>
    navigate({ search: { who: actor.trim() === '' ? undefined : actor.trim(), what: act } })
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        void look(typed, what)
      }}
    >
      <Autocomplete
        label={said.who}
        placeholder={said.anybody}
        value={typed}
        maxLength={100}
        data={team.map(({ actor, name }) => ({ value: actor, label: name }))}
        onChange={setTyped}
        onOptionSubmit={(actor) => void look(actor, what)}
      />
      <NativeSelect
        label={said.what}
        value={what ?? ''}
        data={[
          { value: '', label: said.anything },
          ...Object.entries(said.acts).map(([value, label]) => ({ value, label })),
          ...(what === undefined || what in actTexts ? [] : [{ value: what, label: what }]),
        ]}
        onChange={({ currentTarget: { value } }) => void look(typed, value === '' ? undefined : value)}
      />
      <Button type="submit" variant="default">
        {said.look}
      </Button>
    </form>
  )
}

function useColumns(): readonly Column<AuditEntry>[] {
  const whoOf = useWho()
  return [
    {
      id: 'when',
      title: said.when,
      isWhole: true,
      cellOf: ({ at }) => <span title={agoText(at)}>{momentText(at)}</span>,
      textOf: ({ at }) => at,
    },
    {
      id: 'who',
      title: said.who,
      cellOf: ({ actor }) => (whoOf(actor) === actor ? <span className="id">{actor}</span> : whoOf(actor)),
      textOf: ({ actor }) => actor,
    },
    {
      id: 'what',
      title: said.what,
      isWhole: true,
      cellOf: ({ act }) => <strong>{actTexts[act] ?? act}</strong>,
      textOf: ({ act }) => act,
    },
    {
      id: 'subject',
      title: said.subject,
      cellOf: ({ subject }) => (whoOf(subject) === subject ? <span className="id">{subject}</span> : whoOf(subject)),
      textOf: ({ subject }) => subject,
    },
    {
      id: 'more',
      title: said.more,
      cellOf: ({ detail }) => <span className="second small">{detailText(detail, listedMax)}</span>,
      textOf: ({ detail }) => detailText(detail, Number.POSITIVE_INFINITY),
    },
  ]
}

/** Of a longer list a line says how long it is; the file has all of it. */
const listedMax = 4

/** `role owner, before cashier`: what stands there, but for what is nothing. */
const detailText = (detail: AuditEntry['detail'], most: number): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      if (!Array.isArray(value)) return `${name} ${String(value)}`
      return value.length > most ? `${amountText(value.length)} ${name}` : `${name} ${value.join(' ')}`
    })
    .join(', ')
