import { useQuery } from '@tanstack/react-query'
import { client } from '../session/client.ts'
import { useNames } from '../session/people.ts'
import { agoText, amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

const stepsShown = 20

/** Who did what with a draft, the latest first. */
export function DraftSteps({ id }: { readonly id: string }) {
  const nameOf = useNames()
  const { data } = useQuery({
    queryKey: ['draft-steps', id],
    queryFn: () => client.call('listDraftSteps', { path: { draft: id }, query: { limit: String(stepsShown) } }),
  })
  if (data === undefined || data.steps.length === 0) return null
  const said = words.programRoom
  return (
    <section className="steps">
      <h2>{said.steps}</h2>
      <div className="sheet">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{said.step}</th>
              <th scope="col">{said.by}</th>
              <th scope="col">{said.when}</th>
            </tr>
          </thead>
          <tbody>
            {data.steps.map(({ number, act, revision, actor, comment, at }) => (
              <tr key={number}>
                <td>
                  {said.stepActs[act](amountText(revision))}
                  {comment === '' ? null : <span className="second"> “{comment}”</span>}
                </td>
                <td className="second">{nameOf(actor)}</td>
                <td className="second">{agoText(at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
