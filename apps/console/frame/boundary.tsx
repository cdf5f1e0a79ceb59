import { Component, type ReactNode } from 'react'
import { words } from '../words/words.ts'
import './problem.css'

/** The last net: whatever fails inside becomes a page that says so, and what to do. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly failure: string | null }> {
  override state = { failure: null }

  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { failure } = this.state
    if (failure === null) return this.props.children
    const { problem } = words
    return (
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
  }
}
