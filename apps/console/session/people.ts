import { useQuery } from '@tanstack/react-query'
import { words } from '../words/words.ts'
import { client } from './client.ts'
import { useMe } from './me.ts'

/** As many as a page of the team has; whoever is beyond is a colleague. */
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

/** Who somebody is, by name: books and drafts call people by an id, which says nothing to whoever reads. */
export function useNames(): (actor: string) => string {
  const { name: own, person } = useMe()
  const team = useTeamNames()
  return (actor) => {
    if (actor === own) return person?.name ?? actor
    const [kind, id = ''] = actor.split('/')
    if (kind === 'key') return words.names.key(id)
    if (kind !== 'staff') return actor
    return team.find((each) => each.actor === actor)?.name ?? words.names.colleague
  }
}

/** The same in a list of what people did, where one is oneself. */
export function useWho(): (actor: string) => string {
  const { name: own } = useMe()
  const nameOf = useNames()
  return (actor) => (actor === own ? words.you : nameOf(actor))
}
