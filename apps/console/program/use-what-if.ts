import { useEffect, useRef, useState } from 'react'
import type { Sample, WhatIfAnswer, WhatIfQuestion } from './what-if-worker.ts'

/** What a document would have made of the sample; the last one that was answered while the next is worked at. */
export function useWhatIf(sample: Sample | undefined, before: string, document: string): WhatIfAnswer | null {
  const [answer, setAnswer] = useState<WhatIfAnswer | null>(null)
  const worker = useRef<Worker | null>(null)
  /** What the worker is at, and what it is asked next: of a slider only the last place counts. */
  const asked = useRef<{ now: string | null; next: string | null }>({ now: null, next: null })

  useEffect(() => {
    if (sample === undefined) return
    const made = new Worker(new URL('./what-if-worker.ts', import.meta.url), { type: 'module' })
    const say = (question: WhatIfQuestion) => made.postMessage(question)
    made.addEventListener('message', ({ data }: MessageEvent<WhatIfAnswer>) => {
      setAnswer(data)
      const { next } = asked.current
      asked.current = { now: next, next: null }
      if (next !== null) say({ type: 'ask', document: next })
    })
    say({ type: 'begin', sample, before })
    worker.current = made
    asked.current = { now: null, next: null }
    return () => {
      worker.current = null
      made.terminate()
    }
  }, [sample, before])

  useEffect(() => {
    if (sample === undefined || worker.current === null) return
    if (asked.current.now !== null) {
      asked.current = { ...asked.current, next: document }
      return
    }
    asked.current = { now: document, next: null }
    worker.current.postMessage({ type: 'ask', document } satisfies WhatIfQuestion)
  }, [sample, document])
  return answer
}
