import { Boundary as Net } from '@laurel/ui'
import type { ReactNode } from 'react'
import { words } from '../words/words.ts'

export const Boundary = ({ children }: { readonly children: ReactNode }) => <Net show={brokenPage}>{children}</Net>

const brokenPage = (failure: string) => (
  <main className="alone" role="alert">
    <h1>{words.problem.broken}</h1>
    <p className="second">{words.problem.brokenRemedy}</p>
    <p className="id">{failure}</p>
    <button type="button" className="button" onClick={() => location.reload()}>
      {words.problem.reload}
    </button>
  </main>
)
