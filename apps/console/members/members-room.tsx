import type { RouteAnswer, Routes } from '@laurel/contract'
import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Icon } from '../frame/icon.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { client } from '../session/client.ts'
import { words } from '../words/words.ts'
import { DownloadMembers } from './download-members.tsx'
import { SavedViews } from './saved-views.tsx'
import './members-room.css'

type FoundMember = RouteAnswer<Routes['searchMembers']>['members'][number]

const membersOnPage = 50
/** A pause in typing before the address changes: each letter would be a step of its own in the browser's history. */
const pauseMs = 250

const route = getRouteApi('/members')

/** Everybody, or whoever is looked for, page by page. */
export function MembersRoom() {
  const { q = '', cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['members', q, cursor],
    queryFn: ({ signal }) =>
      client.call('searchMembers', {
        query: { q: q === '' ? undefined : q, cursor, limit: String(membersOnPage) },
        signal,
      }),
    placeholderData: keepPreviousData,
  })
  const look = (text: string) => navigate({ search: { q: text === '' ? undefined : text }, replace: true })
  return (
    <>
      <title>{`${words.members} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{words.members}</h1>
        <div className="room-acts">
          <SavedViews q={q} onChoose={look} />
          <DownloadMembers q={q} />
        </div>
      </div>
      <Look key={q} q={q} onLook={look} />
      {error !== null ? (
        <ProblemView error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div className="sheet">
          <Waiting rows={12} />
        </div>
      ) : data.members.length === 0 ? (
        <div className="empty">
          <h2>{q === '' ? words.membersRoom.nobodyYet : words.membersRoom.nobodyFound(q)}</h2>
          <p className="second">{q === '' ? words.membersRoom.nobodyYetRemedy : words.membersRoom.nobodyFoundRemedy}</p>
        </div>
      ) : (
        <Found members={data.members} isOld={isPlaceholderData} />
      )}
      <nav className="pages" aria-label={words.membersRoom.pages}>
        {cursor === undefined ? null : (
          <Button variant="default" onClick={() => navigate({ search: { q: q === '' ? undefined : q } })}>
            {words.first}
          </Button>
        )}
        {data?.next == null ? null : (
          <Button
            variant="default"
            disabled={isPlaceholderData}
            onClick={() => navigate({ search: { q: q === '' ? undefined : q, cursor: data.next ?? undefined } })}
          >
            {words.next}
          </Button>
        )}
      </nav>
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

const Found = ({ members, isOld }: { readonly members: readonly FoundMember[]; readonly isOld: boolean }) => (
  <div className="sheet" aria-busy={isOld}>
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{words.membersRoom.nameOf}</th>
          <th scope="col">{words.membersRoom.id}</th>
          <th scope="col">{words.membersRoom.email}</th>
          <th scope="col">{words.membersRoom.phone}</th>
        </tr>
      </thead>
      <tbody>
        {members.map(({ id, profile }) => (
          <tr key={id}>
            <td>
              <Link to="/members/$member" params={{ member: id }} className="row-link">
                {profile.name ?? id}
              </Link>
            </td>
            <td className="id">{id}</td>
            <td className="second">{profile.email ?? '–'}</td>
            <td className="second">{profile.phone ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
