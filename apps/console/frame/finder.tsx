import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../session/client.ts'
import { words } from '../words/words.ts'
import { useRooms } from './use-rooms.ts'

/** So many members fit under the question without scrolling. */
const membersMax = 6
/** A pause in typing: a search for each letter would find what nobody asked for. */
const pauseMs = 180

/** Ctrl K, or `/`: goes to a member or a page by a few letters. */
export function Finder() {
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), pauseMs)
  const navigate = useNavigate()
  const { rooms } = useRooms()
  const { data } = useQuery({
    queryKey: ['find', asked],
    queryFn: ({ signal }) => client.call('searchMembers', { query: { q: asked, limit: String(membersMax) }, signal }),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  })
  const found = asked.length > 1 ? (data?.members ?? []) : []
  const typed = query.trim().toLowerCase()
  const isMeant = ({ text }: { readonly text: string }) => text.toLowerCase().includes(typed)
  const foundRooms = rooms.filter(isMeant)
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K', '/']}
      transitionProps={{ duration: 120 }}
    >
      <Spotlight.Search placeholder={words.findHint} aria-label={words.find} />
      <Spotlight.ActionsList>
        {found.length === 0 ? null : (
          <Spotlight.ActionsGroup label={words.members}>
            {found.map(({ id, profile }) => (
              <Spotlight.Action
                key={id}
                label={profile.name ?? id}
                description={
                  profile.name === null ? (profile.email ?? '') : [id, profile.email].filter(Boolean).join(' · ')
                }
                onClick={() => navigate({ to: '/members/$member', params: { member: id } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {foundRooms.length === 0 ? null : (
          <Spotlight.ActionsGroup label={words.pages}>
            {foundRooms.map(({ to, text }) => (
              <Spotlight.Action key={to} label={text} onClick={() => navigate({ to })} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length + foundRooms.length === 0 ? <Spotlight.Empty>{words.findNothing}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
