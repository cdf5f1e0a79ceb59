import { Component, type ReactNode } from 'react'
import { words } from '../words/words.ts'

/** The last net: whatever fails inside becomes a page that says so, and what to do. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly failure: string | null }> {
  override state = { failure: null }

  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { failure } = this.state
    if (failure === null) return this.props.children
    return (
      <main className="alone" role="alert">
        <h1>{words.problem.broken}</h1>
        <p className="second">{words.problem.brokenRemedy}</p>
        <p className="id">{failure}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {words.problem.reload}
        </button>
      </main>
    )
  }
}
