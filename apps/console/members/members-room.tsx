import type { RouteAnswer, Routes } from '@laurel/contract'
import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Icon } from '../frame/icon.tsx'
import { client } from '../session/client.ts'
import { useMe } from '../session/me.ts'
import type { Column } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { Listing } from '../tables/listing.tsx'
import { SavedViews } from '../tables/saved-views.tsx'
import { words } from '../words/words.ts'
import { NewMember } from './new-member.tsx'
import './members-room.css'

type FoundMember = RouteAnswer<Routes['searchMembers']>['members'][number]

const membersOnPage = 50
/** As many as one request may ask for. */
const membersInFile = 100
/** A pause in typing before the address changes: each letter would be a step of its own in the browser's history. */
const pauseMs = 250

const route = getRouteApi('/members')

const columns: readonly Column<FoundMember>[] = [
  {
    id: 'name',
    title: words.membersRoom.nameOf,
    cellOf: ({ id, profile }) => (
      <Link to="/members/$member" params={{ member: id }} className="row-link">
        {profile.name ?? id}
      </Link>
    ),
    textOf: ({ profile }) => profile.name,
  },
  {
    id: 'id',
    title: words.membersRoom.id,
    cellOf: ({ id }) => <span className="id">{id}</span>,
    textOf: ({ id }) => id,
  },
  {
    id: 'email',
    title: words.membersRoom.email,
    cellOf: ({ profile }) => <span className="second">{profile.email ?? '–'}</span>,
    textOf: ({ profile }) => profile.email,
  },
  {
    id: 'phone',
    title: words.membersRoom.phone,
    cellOf: ({ profile }) => <span className="second">{profile.phone ?? '–'}</span>,
    textOf: ({ profile }) => profile.phone,
  },
]

/** Everybody, or whoever is looked for, page by page. */
export function MembersRoom() {
  const { q = '', cursor } = route.useSearch()
  const { may } = useMe()
  const navigate = route.useNavigate()
  const readPage = async (from: string | undefined, limit: number, signal: AbortSignal) => {
    const query = { q: q === '' ? undefined : q, cursor: from, limit: String(limit) }
    const { members: rows, next } = await client.call('searchMembers', { query, signal })
    return { rows, next }
  }
  const answer = useQuery({
    queryKey: ['members', q, cursor],
    queryFn: ({ signal }) => readPage(cursor, membersOnPage, signal),
    placeholderData: keepPreviousData,
  })
  const look = (text: string) => navigate({ search: { q: text === '' ? undefined : text }, replace: true })
  return (
    <>
      <title>{`${words.members} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.members}</h1>
        <div className="room-acts">
          <SavedViews
            table="member"
            view={q}
            nameOf={words.membersRoom.quoted}
            everything={words.membersRoom.everybody}
            onChoose={look}
          />
          <CsvButton
            file="members"
            columns={columns}
            readPage={(from, signal) => readPage(from, membersInFile, signal)}
          />
          {may('members:write') ? <NewMember /> : null}
        </div>
      </div>
      <Look key={q} q={q} onLook={look} />
      <Listing
        title={words.members}
        answer={answer}
        columns={columns}
        idOf={({ id }) => id}
        empty={
          q === ''
            ? { title: words.membersRoom.nobodyYet, text: words.membersRoom.nobodyYetRemedy }
            : { title: words.membersRoom.nobodyFound(q), text: words.membersRoom.nobodyFoundRemedy }
        }
        cursor={cursor}
        onPage={(to) => navigate({ search: { q: q === '' ? undefined : q, cursor: to } })}
      />
    </>
  )
}

function Look({ q, onLook }: { readonly q: string; readonly onLook: (text: string) => void }) {
  const [typed, setTyped] = useState(q)
  const look = useDebouncedCallback((text: string) => onLook(text.trim()), pauseMs)
  return (
    <TextInput
      type="search"
      className="look"
      aria-label={words.membersRoom.look}
      placeholder={words.findHint}
      leftSection={<Icon name="search" />}
      value={typed}
      // Who came by typing goes on typing.
      autoFocus={q !== ''}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        look(currentTarget.value)
      }}
    />
  )
}
