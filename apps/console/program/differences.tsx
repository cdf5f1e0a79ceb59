import type { DraftAnswer } from '@laurel/contract'
import { useQuery } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** What changes when a draft is published, in sentences. */
export function Differences({ draft: { id, revision, findings } }: { readonly draft: DraftAnswer }) {
  const isReadable = !findings.some((finding) => finding['severity'] === 'error')
  const { data, error } = useQuery({
    queryKey: ['differences', id, revision],
    queryFn: () => client.call('compareDraft', { path: { draft: id } }),
    enabled: isReadable,
  })
  if (error !== null) return <ProblemView error={error} inForm />
  if (data === undefined) return null
  const said = words.programRoom
  return (
    <section className="sheet differences" aria-label={said.changes}>
      <h2>{said.changes}</h2>
      {data.differences.length === 0 ? (
        <p className="second">{said.noChanges(amountText(data.version))}</p>
      ) : (
        <ul>
          {data.differences.map(({ path, kind, text }) => (
            <li key={path + kind + text}>
              <span className="chip">{said.kinds[kind]}</span> {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
