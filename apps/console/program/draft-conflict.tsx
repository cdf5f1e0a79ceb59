import type { DraftAnswer } from '@laurel/contract'
import { programDifferences } from '@laurel/engine'
import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useNames } from '../session/people.ts'
import { words } from '../words/words.ts'
import { wording } from './sides.tsx'

/** Two people have written one draft: what the other one says otherwise, and what to do. Nothing that was typed is lost. */
export function DraftConflict({
  id,
  mine,
  theirs,
  isPending,
  onKeepMine,
  onTakeTheirs,
}: {
  readonly id: string
  readonly mine: string
  /** Null: it is not known yet. */
  readonly theirs: DraftAnswer | null
  readonly isPending: boolean
  readonly onKeepMine: (revision: number) => void
  readonly onTakeTheirs: () => void
}) {
  const nameOf = useNames()
  const { data: read, error } = useQuery({
    queryKey: ['draft-theirs', id],
    queryFn: () => client.call('readDraft', { path: { draft: id } }),
    enabled: theirs === null,
    staleTime: 0,
  })
  const said = words.programRoom
  const found = theirs ?? read
  if (error !== null) return <ProblemView error={error} inForm />
  if (found === undefined) return null
  const differences = programDifferences(found.document, mine, wording)
  return (
    <section className="told-off" aria-label={said.overtaken(nameOf(found.changedBy))} role="alert">
      <h2>{said.overtaken(nameOf(found.changedBy))}</h2>
      <p>{said.overtakenSafe}</p>
      {differences === null ? (
        <p>{said.overtakenUnread}</p>
      ) : differences.length === 0 ? (
        <p>{said.overtakenSame}</p>
      ) : (
        <>
          <p>{said.overtakenDiffers}</p>
          <ul>
            {differences.map(({ path, text }) => (
              <li key={path + text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{said.theirDocument}</summary>
        <pre className="their-document">{found.document}</pre>
      </details>
      <Group gap={8}>
        <Button size="xs" loading={isPending} onClick={() => onKeepMine(found.revision)}>
          {said.keepMine}
        </Button>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          {said.takeTheirs}
        </Button>
      </Group>
    </section>
  )
}
