import { Boundary as Net } from '@laurel/ui'
import type { ReactNode } from 'react'
import { words } from '../words/words.ts'
import './problem.css'

export const Boundary = ({ children }: { readonly children: ReactNode }) => <Net show={brokenPage}>{children}</Net>

const { problem } = words
const brokenPage = (failure: string) => (
  <main className="problem" role="alert">
    <h1>{problem.broken}</h1>
    <p>
      {problem.brokenSafe} {problem.brokenRemedy}
    </p>
    <p className="id">{failure}</p>
    <p>
      <a href="/console">{problem.reload}</a>
    </p>
  </main>
)
