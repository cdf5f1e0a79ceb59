import { useQuery } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { textOf, useNamed } from '../session/named.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** What good causes have got by oneself, and what came of it; nothing where nothing was given. */
export function Given() {
  const named = useNamed()
  const { data } = useQuery({ queryKey: ['impact'], queryFn: () => client.call('readSelfImpact', {}) })
  const given = data?.charities.filter(({ worth, amounts }) => Number(worth) > 0 || amounts.length > 0) ?? []
  if (named === null || given.length === 0) return null
  return (
    <section className="part">
      <h2>{words.me.given}</h2>
      <ul className="rows">
        {given.map(({ charity, worth, impact }) => (
          <li key={charity}>
            <strong>{words.me.givenTo(named.of('charities', charity), named.money(Number(worth)))}</strong>
            {impact === null || impact.times === 0 ? null : (
              <span className="second">
                {words.me.brought(amountText(Number(impact.times)), textOf(impact.of) ?? '')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
