import { useQuery } from '@tanstack/react-query'
import { words } from '../words/words.ts'
import { client } from './client.ts'
import { useMe } from './me.ts'

/** More people than that write no programs together. */
const peopleMax = 200

/** Who somebody is: books and drafts call people by an id, which says nothing to whoever reads. */
export function useNames(): (actor: string) => string {
  const me = useMe()
  const { data } = useQuery({
    queryKey: ['names'],
    queryFn: () => client.call('listTeam', { query: { limit: String(peopleMax) } }),
    enabled: me.may('team:read'),
    staleTime: 300_000,
  })
  return (actor) => {
    if (actor === me.name) return me.person?.name ?? actor
    const [kind, id = ''] = actor.split('/')
    if (kind === 'key') return words.names.key(id)
    if (kind !== 'staff') return actor
    return data?.team.find(({ person }) => person === id)?.name ?? words.names.colleague
  }
}
