import { useQuery } from '@tanstack/react-query'
import { words } from '../words/words.ts'
import { client } from './client.ts'
import { useMe } from './me.ts'

/** As many as a page of the team has; whoever is beyond is called by their id. */
const namesMax = 200

/** People on the team, by what books and logs call them. Nobody where one may not see the team. */
export function useTeamNames(): readonly { readonly actor: string; readonly name: string }[] {
  const { may } = useMe()
  const { data } = useQuery({
    queryKey: ['team', 'names'],
    queryFn: () => client.call('listTeam', { query: { limit: String(namesMax) } }),
    enabled: may('team:read'),
    staleTime: 60_000,
  })
  return data?.team.map(({ person, name }) => ({ actor: `staff/${person}`, name })) ?? []
}

/** How books and logs call who acts, in words where they are known: oneself, people on the team; everybody else by their id. */
export function useWho(): (actor: string) => string {
  const { name: own } = useMe()
  const team = useTeamNames()
  return (actor) => (actor === own ? words.you : (team.find((each) => each.actor === actor)?.name ?? actor))
}
