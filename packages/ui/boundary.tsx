import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  /** What stands there instead, with what went wrong. */
  readonly show: (failure: string) => ReactNode
}

/** The last net: whatever fails inside becomes a page that says so, and what to do. */
export class Boundary extends Component<Props, { readonly failure: string | null }> {
  override state = { failure: null }

  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { failure } = this.state
    return failure === null ? this.props.children : this.props.show(failure)
  }
}
