import { useMutation, useQuery } from '@tanstack/react-query'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, queryClient } from '../session/client.ts'
import { hereText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** Where one is signed in, and ending what is not wanted. */
export function Sessions() {
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => client.call('listSelfSessions', { query: {} }),
  })
  const end = useMutation({
    mutationFn: (session: string) => client.call('endSelfSession', { path: { session } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <section className="part">
      <h2>{words.me.signedIn}</h2>
      {error === null ? null : <ProblemView error={error} onRetry={() => void refetch()} />}
      <ul className="rows">
        {data?.sessions.map(({ id, startedAt, current }) => (
          <li key={id}>
            <span>{words.me.signedInSince(hereText(startedAt))}</span>
            {current ? (
              <span className="second">{words.me.here}</span>
            ) : (
              <button type="button" className="link" disabled={end.isPending} onClick={() => end.mutate(id)}>
                {words.me.endSession}
              </button>
            )}
          </li>
        ))}
      </ul>
      <div role="status">{end.isSuccess ? <p className="second">{words.me.ended}</p> : null}</div>
      {end.error === null ? null : <ProblemView error={end.error} />}
    </section>
  )
}
