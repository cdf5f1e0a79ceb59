import { createClient, type Founded, RequestProblem } from '@laurel/contract'
import { Mark } from '@laurel/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { words } from '../words/words.ts'
import { FirstRunForm } from './first-run-form.tsx'
import { ShopIsOpen } from './shop-is-open.tsx'
import '../frame/room.css'
import './first-run.css'

/** Asks in the name of whoever started Laurel: the token came behind "#", which browsers send to nobody. */
const client = createClient({ url: location.origin, key: location.hash.slice(1) })

/** Before there is a shop: what it needs to be one, on one page. */
export function FirstRunPage() {
  const [founded, setFounded] = useState<Founded | null>(null)
  return (
    <div className="first-run">
      <title>{`${words.firstRun.title} · ${words.name}`}</title>
      <header className="first-run-head">
        <Mark />
        <span>{words.name}</span>
      </header>
      <main>{founded === null ? <Opening onFounded={setFounded} /> : <ShopIsOpen founded={founded} />}</main>
    </div>
  )
}

function Opening({ onFounded }: { readonly onFounded: (founded: Founded) => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['first-run'],
    queryFn: () => client.call('listReadyPrograms', {}),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error !== null) return <NotHere error={error} onRetry={() => void refetch()} />
  return (
    <>
      <h1>{words.firstRun.title}</h1>
      <p className="first-run-lead second">{words.firstRun.lead}</p>
      {data === undefined ? (
        <Waiting rows={10} />
      ) : (
        <FirstRunForm programs={data.programs} client={client} onFounded={onFounded} />
      )}
    </>
  )
}

function NotHere({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const said = words.firstRun
  const code = error instanceof RequestProblem ? error.body.code : null
  if (code !== 'unauthenticated' && code !== 'already-begun') return <ProblemView error={error} onRetry={onRetry} />
  const isBegun = code === 'already-begun'
  return (
    <div className="problem" role="alert">
      <h1>{isBegun ? said.begun : said.gone}</h1>
      <p className="second">{isBegun ? said.begunRemedy : said.goneRemedy}</p>
      <a href="/sign-in?next=/console">{said.signIn}</a>
    </div>
  )
}
