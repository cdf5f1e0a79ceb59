import { useQuery } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { useNamed } from '../session/named.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** The code with which one sends others, where the program knows friends. */
export function Friends() {
  const refers = useNamed()?.vocabulary.refers === true
  const { data } = useQuery({
    queryKey: ['friends'],
    queryFn: () => client.call('readSelfFriends', {}),
    enabled: refers,
  })
  if (!refers || data === undefined) return null
  const came = data.friends.filter(({ outcome }) => outcome !== 'reversed').length
  return (
    <section className="part">
      <h2>{words.me.friends}</h2>
      <p className="second">{words.me.friendsLead}</p>
      <p>
        {words.me.friendsCode}{' '}
        <strong>
          <bdi dir="ltr">{data.code}</bdi>
        </strong>
      </p>
      <p className="second">{words.me.came(came, amountText(came))}</p>
    </section>
  )
}
