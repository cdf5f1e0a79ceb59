import { useQuery } from '@tanstack/react-query'
import { words } from '../words/words.ts'
import { client } from './client.ts'
import { useMe } from './me.ts'

/** As many as a page of the team has; whoever is beyond is called by their id. */
const namesMax = 200

/** How books and logs call who acts, in words where they are known: oneself, people on the team, keys by their id. */
export function useWho(): (actor: string) => string {
  const { name: own, may } = useMe()
  const { data } = useQuery({
    queryKey: ['team', 'names'],
    queryFn: () => client.call('listTeam', { query: { limit: String(namesMax) } }),
    enabled: may('team:read'),
    staleTime: 60_000,
  })
  return (actor) => {
    if (actor === own) return words.you
    return data?.team.find(({ person }) => `staff/${person}` === actor)?.name ?? actor
  }
}
